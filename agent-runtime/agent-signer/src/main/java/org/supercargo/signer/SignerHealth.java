package org.supercargo.signer;

import java.util.List;

/// What the signer tells of itself.
///
/// @param agents for how many agents it signs
/// @param signatures how many it gave since its log began
/// @param head hash of the log's last line; one who remembers it notices a log that was cut short
/// @param stops what it has seen to be stopped; none of these signs any more
public record SignerHealth(int agents, long signatures, String head, List<Stop> stops) {
  public SignerHealth {
    stops = List.copyOf(stops);
  }
}
