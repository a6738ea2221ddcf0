package org.supercargo.http;

import java.util.Set;
import java.util.stream.Collectors;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;
import org.supercargo.api.SupercargoException;

/// The hosts a program may talk to. Everything else is refused before a name is resolved.
final class HostAllowList {
  private static final int EVERY_PORT = -1;

  private final Set<Grant> grants;

  HostAllowList(Set<String> entries) {
    grants = entries.stream().map(HostAllowList::parse).collect(Collectors.toUnmodifiableSet());
  }

  void check(HttpUrl url) {
    if (grants.contains(new Grant(url.host(), EVERY_PORT))
        || grants.contains(new Grant(url.host(), url.port()))) {
      return;
    }
    throw SupercargoException.policy(
        "The host " + url.host() + ":" + url.port() + " is not granted",
        "Add it to the allowed hosts if this program may talk to it.");
  }

  private static Grant parse(String entry) {
    // The parser that reads request addresses also reads the entries, so both agree on what a host
    // is: lower case, punycode, brackets around IPv6.
    @Nullable HttpUrl url = HttpUrl.parse("http://" + entry + "/");
    if (url == null
        || !url.encodedPath().equals("/")
        || url.query() != null
        || url.fragment() != null
        || !url.username().isEmpty()
        || !url.password().isEmpty()) {
      throw SupercargoException.user(
          "\"" + entry + "\" is not a host",
          "Write a host such as api.example.org, or a host and a port such as localhost:8545.");
    }
    return new Grant(url.host(), namesPort(entry) ? url.port() : EVERY_PORT);
  }

  private static boolean namesPort(String entry) {
    return entry.lastIndexOf(':') > entry.lastIndexOf(']');
  }

  private record Grant(String host, int port) {}
}
