package org.supercargo.signer.log;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.supercargo.api.Bytes;
import org.supercargo.api.mandate.SignedApproval;
import org.supercargo.engine.signing.Evidence;

/// What a signature rests on besides the mandate and the log.
///
/// @param evidence SHA-256 of everything the engine put forward, as canonical JSON
/// @param deaths of earlier attempts of the intent, by the engine's word
/// @param approvals that counted, each signed by its approver
public record Grounds(Bytes evidence, List<Evidence.Death> deaths, List<SignedApproval> approvals) {
  public Grounds {
    requireNonNull(evidence, "evidence is null");
    deaths = List.copyOf(deaths);
    approvals = List.copyOf(approvals);
  }
}
