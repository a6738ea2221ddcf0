package org.supercargo.signer;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.supercargo.api.SupercargoException;
import org.supercargo.api.agent.AgentId;
import org.supercargo.api.agent.AgentSpec;
import org.supercargo.engine.file.AgentFile;
import org.supercargo.signer.log.AdoptionRecord;
import org.supercargo.signer.log.SigningLog;

/// Takes over the versions of agent files that a signer signs by.
///
/// The first seal of an agent pins its owner. From then on only that owner's files are taken, each
/// with a version at least as high as the last, so that nobody puts an older mandate back.
record Adoptions(SigningLog log) {

  /// Writes down what is new, or nothing at all if one of the files may not be taken.
  ///
  /// @throws SupercargoException of category USER if two agents have one name, or if a file is
  ///   older than the last, sealed by someone else, or no longer sealed
  void adopt(List<AgentFile> files, Instant now) {
    var names = new HashSet<AgentId>();
    var fresh = new ArrayList<AdoptionRecord>();
    for (AgentFile file : files) {
      AdoptionRecord adoption = adoption(file, now);
      if (!names.add(adoption.agent())) {
        throw SupercargoException.user(
            "Two agent files are called " + adoption.agent(), "Give every agent its own name.");
      }
      Optional<AdoptionRecord> before = log.adoption(adoption.agent());
      before.ifPresent(last -> requireSuccessor(last, adoption));
      if (before.filter(adoption::isSameAs).isEmpty()) {
        fresh.add(adoption);
      }
    }
    fresh.forEach(log::append);
  }

  private static AdoptionRecord adoption(AgentFile file, Instant now) {
    AgentSpec spec = file.spec();
    return new AdoptionRecord(
        now,
        spec.id(),
        file.digest(),
        spec.owner(),
        file.version(),
        spec.addressBook().entries().values().stream().flatMap(Collection::stream).toList());
  }

  private static void requireSuccessor(AdoptionRecord last, AdoptionRecord next) {
    if (last.owner() == null) {
      return;
    }
    String file = "The file of the agent " + next.agent();
    if (next.owner() == null) {
      throw SupercargoException.user(
          file + " is not sealed, and version " + last.version() + " was sealed by its owner",
          "Name the owner in it again and seal it with version " + (last.version() + 1) + ".");
    }
    if (!last.owner().equals(next.owner())) {
      throw SupercargoException.user(
          file + " is sealed by " + next.owner().hex() + ", and its owner is " + last.owner().hex(),
          "Seal it with the owner's key. A new owner needs an agent of another name, or a signer"
              + " with a home of its own.");
    }
    boolean isOlder = next.version() < last.version();
    boolean isOther = next.version() == last.version() && !next.digest().equals(last.digest());
    if (isOlder || isOther) {
      throw SupercargoException.user(
          file
              + " has version "
              + next.version()
              + (isOlder ? ", and version " : " and is another one than the version ")
              + last.version()
              + (isOlder ? " was signed by before" : " that was signed by before"),
          "Put the newer file back, or seal this one with version " + (last.version() + 1) + ".");
    }
  }
}
