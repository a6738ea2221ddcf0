package org.supercargo.api.http;

/// The one way out to the network, with deadlines, an allow-list of hosts and bounded retries.
public interface Http {
  /// Sends and waits for the whole reply. Statuses of 400 and above are replies, not errors.
  ///
  /// A repeatable request is tried again, with backoff and within its deadline, when it could not
  /// connect, the connection broke, or the reply was 429, 502, 503 or 504.
  ///
  /// @throws HttpFailure when there is no whole reply
  /// @throws org.supercargo.api.SupercargoException of category POLICY when the host is not granted
  HttpReply send(HttpRequest request);
}
