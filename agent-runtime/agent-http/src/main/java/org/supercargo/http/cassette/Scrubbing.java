package org.supercargo.http.cassette;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.supercargo.api.Bytes;
import org.supercargo.api.http.HttpRequest;

/// Takes secrets out of an exchange.
///
/// Of headers, only those are kept that are known to hold none. A secret's value is taken out
/// wherever it stands: in addresses, bodies, replies and messages, also where a piece of a stream
/// ends in the middle of it. Values are those given, and those seen in headers that carry secrets.
final class Scrubbing {
  /// What stands where a secret stood.
  static final String MARK = "[scrubbed]";

  /// Shorter ones are words that a prompt may contain, and no keys.
  private static final int SHORTEST_SECRET = 8;

  private static final Set<String> REQUEST_HEADERS =
      Set.of(
          "accept",
          "anthropic-beta",
          "anthropic-version",
          "content-type",
          "openai-beta",
          "user-agent");

  /// What adapters read, and what a reader of the file wants to know.
  private static final Pattern REPLY_HEADERS =
      Pattern.compile(
          "content-type|date|retry-after|retry-after-ms|(?:anthropic-)?(?:x-)?ratelimit-[a-z-]+");

  private static final Set<String> SECRET_HEADERS =
      Set.of(
          "authorization",
          "proxy-authorization",
          "api-key",
          "x-api-key",
          "x-goog-api-key",
          "cookie",
          "x-sign-in-with-x",
          "x-402-payment",
          "x-payment",
          "payment-signature");

  private static final Pattern SECRET_PARAMETERS =
      Pattern.compile(
          "([?&](?:key|api[_-]?key|token|access[_-]token)=)[^&#]*", Pattern.CASE_INSENSITIVE);
  private static final Pattern USER = Pattern.compile("^([a-zA-Z][a-zA-Z0-9+.-]*://)[^/?#@]*@");

  private final List<Supplier<String>> given;

  /// @param secrets values of keys, asked anew at each exchange; an empty one is none
  Scrubbing(List<Supplier<String>> secrets) {
    this.given = List.copyOf(secrets);
  }

  /// The secrets that are known now, those of this request among them.
  Known with(HttpRequest request) {
    Set<String> all = new LinkedHashSet<>();
    given.forEach(secret -> all.add(secret.get().strip()));
    request
        .headers()
        .forEach((name, value) -> {
          if (SECRET_HEADERS.contains(name.toLowerCase(Locale.ROOT))) {
            for (String word : value.split("[\\s;,]+", -1)) {
              all.add(word);
              // A cookie's name may be a word of the prompt.
              all.add(word.substring(word.indexOf('=') + 1));
            }
          }
        });
    return new Known(all);
  }

  static Map<String, String> requestHeaders(Map<String, String> headers) {
    return kept(headers, REQUEST_HEADERS::contains);
  }

  static Map<String, String> replyHeaders(Map<String, String> headers) {
    return kept(headers, REPLY_HEADERS.asMatchPredicate());
  }

  private static Map<String, String> kept(Map<String, String> headers, Predicate<String> harmless) {
    var kept = new TreeMap<String, String>();
    headers.forEach((name, value) -> {
      String lower = name.toLowerCase(Locale.ROOT);
      if (harmless.test(lower)) {
        kept.put(lower, value);
      }
    });
    return kept;
  }

  /// A body without secrets.
  ///
  /// @param pieces sizes in bytes; together the body's
  record Clean(Bytes body, List<Integer> pieces) {}

  /// Secrets by their bytes, in every form in which they may stand in a text.
  static final class Known {
    private static final byte[] MARK_BYTES = MARK.getBytes(StandardCharsets.UTF_8);
    private final List<byte[]> forms;

    private Known(Set<String> secrets) {
      Set<String> all = new LinkedHashSet<>();
      for (String secret : secrets) {
        if (secret.length() >= SHORTEST_SECRET) {
          all.add(secret);
          all.add(URLEncoder.encode(secret, StandardCharsets.UTF_8));
          String escaped = secret.replace("\\", "\\\\").replace("\"", "\\\"");
          all.add(escaped);
          all.add(escaped.replace("/", "\\/"));
        }
      }
      // The longest first: a secret may begin with another one.
      this.forms =
          all.stream()
              .map(form -> form.getBytes(StandardCharsets.UTF_8))
              .sorted(Comparator.comparingInt((byte[] form) -> form.length).reversed())
              .toList();
    }

    String uri(URI uri) {
      String shown = USER.matcher(uri.toString()).replaceFirst("$1");
      return text(SECRET_PARAMETERS.matcher(shown).replaceAll("$1" + MARK));
    }

    String text(String text) {
      Bytes whole = Bytes.of(text.getBytes(StandardCharsets.UTF_8));
      return new String(body(whole).toArray(), StandardCharsets.UTF_8);
    }

    Map<String, String> texts(Map<String, String> headers) {
      var clean = new TreeMap<String, String>();
      headers.forEach((name, value) -> clean.put(name, text(value)));
      return clean;
    }

    Bytes body(Bytes body) {
      return body(body, List.of(body.size())).body();
    }

    /// A cut in the middle of a secret moves behind the mark.
    Clean body(Bytes body, List<Integer> pieces) {
      byte[] from = body.toArray();
      var to = new ByteArrayOutputStream(from.length);
      var sizes = new ArrayList<Integer>();
      int at = 0;
      int cut = 0;
      int written = 0;
      for (int size : pieces) {
        cut += size;
        while (at < cut) {
          int secret = secretAt(from, at);
          if (secret > 0) {
            to.writeBytes(MARK_BYTES);
            at += secret;
          } else {
            to.write(from[at++]);
          }
        }
        sizes.add(to.size() - written);
        written = to.size();
      }
      return new Clean(Bytes.of(to.toByteArray()), sizes);
    }

    /// The length of the secret that begins here, or 0.
    private int secretAt(byte[] text, int at) {
      for (byte[] form : forms) {
        if (text.length - at >= form.length
            && text[at] == form[0]
            && Arrays.equals(text, at, at + form.length, form, 0, form.length)) {
          return form.length;
        }
      }
      return 0;
    }
  }
}
