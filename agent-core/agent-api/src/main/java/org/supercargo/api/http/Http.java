package org.supercargo.api.http;

import java.time.Duration;
import org.supercargo.api.Bytes;

/// The one way out to the network, with deadlines, an allow-list of hosts and bounded retries.
public interface Http {
  /// Sends and waits for the whole reply. Statuses of 400 and above are replies, not errors.
  ///
  /// A repeatable request is tried again, with backoff and within its deadline, when it could not
  /// connect, the connection broke, or the reply was 429, 502, 503 or 504. An interrupt ends the
  /// exchange at once and stays set.
  ///
  /// @throws HttpFailure when there is no whole reply
  /// @throws org.supercargo.api.SupercargoException of category POLICY when the host is not granted
  HttpReply send(HttpRequest request);

  /// Sends once and hands the body of a reply with status 200 over as it arrives. Other replies are
  /// read whole.
  ///
  /// A transport that cannot stream hands everything over when it is there.
  ///
  /// @param idle how long nothing at all may arrive; the request's deadline holds besides
  /// @return the reply; its body is empty if it went to `body`
  /// @throws HttpFailure when the reply ended neither by itself nor because `body` had enough
  default HttpReply stream(HttpRequest request, Duration idle, HttpBody body) {
    HttpReply whole = send(request);
    if (whole.status() != 200) {
      return whole;
    }
    body.take(whole.body());
    return new HttpReply(whole.status(), whole.headers(), Bytes.EMPTY);
  }
}
