package org.supercargo.plugin.evm;

import java.util.Locale;
import org.supercargo.api.SupercargoException;
import org.supercargo.api.chain.SignedTransaction;
import org.supercargo.api.chain.SubmitResult;

/// Hands signed bytes to a node and reads what it makes of them.
record TransactionSender(EvmNode node) {

  SubmitResult send(SignedTransaction transaction) {
    try {
      return switch (node.send(transaction.bytes())) {
        case SendAnswer.Taken(String hash) ->
            hash.equalsIgnoreCase(transaction.id().text())
                ? new SubmitResult.Accepted()
                : new SubmitResult.Rejected("the node took it for another transaction, " + hash);
        case SendAnswer.Refused(String reason) -> refused(transaction, reason);
      };
    } catch (SupercargoException failure) {
      return switch (failure.category()) {
        case TRANSIENT -> new SubmitResult.NoAnswer(failure.what());
        case EXTERNAL -> new SubmitResult.Rejected(failure.what());
        case USER, POLICY, BUG -> throw failure;
      };
    }
  }

  /// A node also refuses what it has already. Whether it has is asked rather than guessed.
  private SubmitResult refused(SignedTransaction transaction, String reason) {
    String text = reason.toLowerCase(Locale.ROOT);
    if (text.contains("already known") || text.contains("already imported")) {
      return new SubmitResult.Accepted();
    }
    try {
      return node.knows(transaction.id().text())
          ? new SubmitResult.Accepted()
          : new SubmitResult.Rejected(reason);
    } catch (SupercargoException _) {
      return new SubmitResult.Rejected(reason);
    }
  }
}
