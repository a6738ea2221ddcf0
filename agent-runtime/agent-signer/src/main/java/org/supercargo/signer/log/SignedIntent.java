package org.supercargo.signer.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.supercargo.api.Bytes;
import org.supercargo.api.action.Provenance;
import org.supercargo.api.asset.Address;
import org.supercargo.api.intent.Intent;
import org.supercargo.api.intent.Payee;
import org.supercargo.engine.json.DomainJson;

/// What was signed for one intent so far.
///
/// @param proposal digest of what the intent proposes; empty when its movement was signed first
public record SignedIntent(Bytes proposal, List<SignedAttempt> attempts) {
  /// One signature.
  ///
  /// @param fingerprint digest of the chain, the wallet and the unsigned bytes
  public record SignedAttempt(int number, SigningStep step, Bytes fingerprint) {
    /// @param digest of the unsigned bytes, see [SigningRecord#digest(Bytes)]
    public static Bytes fingerprint(Address wallet, Bytes digest) {
      String text = wallet.chain() + "\n" + wallet.text() + "\n" + digest.hex();
      return Bytes.of(LogLine.sha256(text.getBytes(UTF_8)));
    }
  }

  public SignedIntent {
    attempts = List.copyOf(attempts);
  }

  /// The digest of what an intent proposes, whatever the payee is called and wherever its address
  /// came from.
  static Bytes proposal(Intent intent, DomainJson json) {
    Intent plain =
        switch (intent) {
          case Intent.Transfer transfer -> {
            Address address = transfer.payee().address();
            var payee = new Payee(address.text(), address, Provenance.MANDATE);
            yield new Intent.Transfer(payee, transfer.amount(), transfer.memo());
          }
          case Intent.Swap swap -> swap;
        };
    return Bytes.of(LogLine.sha256(json.write(plain).getBytes(UTF_8)));
  }

  public Optional<SignedAttempt> attempt(int number) {
    return attempts.stream().filter(attempt -> attempt.number() == number).findFirst();
  }

  /// Whether a transaction that does this is signed already, and so may land.
  public boolean has(SigningStep step) {
    return attempts.stream().anyMatch(attempt -> attempt.step() == step);
  }

  SignedIntent with(SignedAttempt attempt) {
    var more = new ArrayList<>(attempts);
    more.add(attempt);
    return new SignedIntent(proposal, more);
  }
}
