package org.supercargo.signer;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.supercargo.api.agent.AgentSpec;
import org.supercargo.api.chain.DecodingHints;
import org.supercargo.api.intent.Effect;
import org.supercargo.api.intent.Intent;
import org.supercargo.engine.signing.SignRequest;
import org.supercargo.signer.log.SigningStep;

/// A request as the signer reads it: the intent in the words of its own agent file, and what the
/// bytes do, decoded here.
///
/// @param exclusion null where only time tells
/// @param fault why the wallet cannot sign the bytes, or null
record Candidate(
    SignRequest request,
    AgentSpec spec,
    Wallet wallet,
    Intent intent,
    List<Effect> effects,
    @Nullable String exclusion,
    @Nullable String fault) {

  static Candidate of(SignRequest request, AgentSpec spec, Wallet wallet, Intent intent) {
    List<Effect> effects =
        wallet
            .codec()
            .decode(
                request.chain(), request.unsigned(), wallet.address(), DecodingHints.of(intent));
    String exclusion = null;
    String fault = null;
    try {
      exclusion =
          wallet
              .codec()
              .exclusion(request.chain(), request.unsigned(), wallet.address())
              .orElse(null);
    } catch (IllegalArgumentException e) {
      fault = String.valueOf(e.getMessage());
    }
    return new Candidate(request, spec, wallet, intent, effects, exclusion, fault);
  }

  /// The intent as budgets count it. A swap counts for the contract that the bytes name: the name
  /// of a venue is the engine's word, and with a new one each time no budget by payee would hold.
  Intent counted() {
    if (!(intent instanceof Intent.Swap swap)) {
      return intent;
    }
    return effects.stream()
        .<String>mapMulti((effect, add) -> {
          if (effect instanceof Effect.Exchange exchange) {
            add.accept(exchange.venue().text());
          } else if (effect instanceof Effect.Approval approval) {
            add.accept(approval.spender().text());
          }
        })
        .findFirst()
        .<Intent>map(contract -> new Intent.Swap(swap.sell(), swap.minimum(), contract))
        .orElse(intent);
  }

  /// Judged effects hold exactly one movement: an approval, or one that moves value.
  SigningStep step() {
    return effects.stream().anyMatch(Effect.Approval.class::isInstance)
        ? SigningStep.APPROVE
        : SigningStep.MOVE;
  }
}
