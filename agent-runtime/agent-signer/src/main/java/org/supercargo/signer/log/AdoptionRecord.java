package org.supercargo.signer.log;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.supercargo.api.Bytes;
import org.supercargo.api.agent.AgentId;
import org.supercargo.api.asset.Address;

/// From here on an agent is signed for by this version of its owner's file.
///
/// @param digest SHA-256 of the file in hex
/// @param owner Ed25519 public key that sealed it; null when it is not sealed
/// @param version of the seal, which only grows; 0 when it is not sealed
/// @param payees every account in its address book
public record AdoptionRecord(
    Instant at,
    AgentId agent,
    String digest,
    @Nullable Bytes owner,
    long version,
    List<Address> payees)
    implements LogRecord {
  public AdoptionRecord {
    requireNonNull(at, "at is null");
    requireNonNull(agent, "agent is null");
    requireNonNull(digest, "digest is null");
    payees =
        payees.stream()
            .sorted(Comparator.comparing((Address payee) -> payee.chain() + " " + payee.text()))
            .distinct()
            .toList();
  }

  @Override
  public AdoptionRecord at(Instant time) {
    return new AdoptionRecord(time, agent, digest, owner, version, payees);
  }

  /// Whether both say the same, at whatever time.
  public boolean isSameAs(AdoptionRecord other) {
    return equals(other.at(at));
  }
}
