package org.supercargo.signer.log;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import org.supercargo.api.SupercargoException;
import org.supercargo.engine.json.DomainJson;

/// The form of a line: a JSON object of its number, the hash of the line before, its record under
/// the name of its kind, and last the SHA-256 of all bytes before that member.
///
/// `{"sequence":7,"previous":"…","signature":{…},"hash":"…"}`
final class LogLine {
  /// What the first line has for the hash of the one before.
  static final String FIRST = "0".repeat(64);

  private static final int HASH_SIZE = 64;
  private static final byte[] SEQUENCE = "{\"sequence\":".getBytes(US_ASCII);
  private static final byte[] PREVIOUS = ",\"previous\":\"".getBytes(US_ASCII);
  private static final byte[] KIND = "\",\"".getBytes(US_ASCII);
  private static final byte[] HASH = ",\"hash\":\"".getBytes(US_ASCII);
  private static final byte[] END = "\"}".getBytes(US_ASCII);
  private static final int TAIL_SIZE = HASH.length + HASH_SIZE + END.length;

  private LogLine() {}

  /// A line without its end.
  static byte[] write(long sequence, String previous, LogRecord record, DomainJson json) {
    byte[] start = start(sequence, previous);
    byte[] content = (record.kind().word() + "\":" + json.write(record)).getBytes(UTF_8);
    byte[] line = Arrays.copyOf(start, start.length + content.length + TAIL_SIZE);
    System.arraycopy(content, 0, line, start.length, content.length);
    int bodySize = start.length + content.length;
    String hash = hash(line, 0, bodySize);
    byte[] tail = (",\"hash\":\"" + hash + "\"}").getBytes(US_ASCII);
    System.arraycopy(tail, 0, line, bodySize, tail.length);
    return line;
  }

  /// The hash that a line states.
  static String hash(byte[] line) {
    return new String(line, line.length - END.length - HASH_SIZE, HASH_SIZE, US_ASCII);
  }

  /// How the line with this number begins.
  static byte[] start(long sequence, String previous) {
    return ("{\"sequence\":" + sequence + ",\"previous\":\"" + previous + "\",\"")
        .getBytes(US_ASCII);
  }

  /// The line's hash, or null unless the bytes are a line with this number that follows `previous`.
  static @Nullable String verify(byte[] bytes, int from, int to, long sequence, String previous) {
    byte[] start = start(sequence, previous);
    if (to - from < start.length + TAIL_SIZE || !matches(bytes, from, start)) {
      return null;
    }
    return intact(bytes, from, to);
  }

  /// The line's hash, or null unless it is the hash of the line.
  private static @Nullable String intact(byte[] bytes, int from, int to) {
    int body = to - TAIL_SIZE;
    if (body <= from || !matches(bytes, body, HASH) || !matches(bytes, to - END.length, END)) {
      return null;
    }
    String stated = new String(bytes, body + HASH.length, HASH_SIZE, US_ASCII);
    return hash(bytes, from, body).equals(stated) ? stated : null;
  }

  /// The record of a line that is intact, whatever line it follows; null otherwise.
  static @Nullable LogRecord read(byte[] bytes, DomainJson json) {
    return intact(bytes, 0, bytes.length) == null ? null : parse(bytes, 0, bytes.length, json);
  }

  /// The record of a verified line; null if it holds none of a known kind.
  static @Nullable LogRecord parse(byte[] bytes, int from, int to, DomainJson json) {
    int kind = kindAt(bytes, from, to);
    int end = kind;
    while (end < to && bytes[end] != '"') {
      end++;
    }
    LogRecord.Kind found =
        LogRecord.Kind.find(new String(bytes, kind, end - kind, US_ASCII)).orElse(null);
    int content = end + 2;
    int size = to - TAIL_SIZE - content;
    if (found == null || size <= 0) {
      return null;
    }
    try {
      return json.read(new String(bytes, content, size, UTF_8), found.type());
    } catch (SupercargoException e) {
      return null;
    }
  }

  /// Whether a line is as signers wrote it before there were several kinds.
  static boolean isOfFirstVersion(byte[] bytes, int from, int to) {
    return matches(bytes, kindAt(bytes, from, to), "record\"".getBytes(US_ASCII));
  }

  /// Where the kind is written, behind a number of any length and a hash.
  private static int kindAt(byte[] bytes, int from, int to) {
    int at = from + SEQUENCE.length;
    while (at < to && bytes[at] != ',') {
      at++;
    }
    return Math.min(to, at + PREVIOUS.length + HASH_SIZE + KIND.length);
  }

  private static boolean matches(byte[] bytes, int at, byte[] part) {
    return at + part.length <= bytes.length
        && Arrays.equals(bytes, at, at + part.length, part, 0, part.length);
  }

  private static String hash(byte[] bytes, int from, int to) {
    MessageDigest digest = sha256();
    digest.update(bytes, from, to - from);
    return HexFormat.of().formatHex(digest.digest());
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw SupercargoException.bug("This JDK has no SHA-256", e);
    }
  }
}
