package org.supercargo.plugin.evm;

import java.math.BigInteger;
import java.util.Optional;
import java.util.function.Supplier;
import org.supercargo.api.SupercargoException;
import org.supercargo.evm.EvmAddress;

/// Finds out where an account used a number that it is known to have used.
///
/// Asks for the account's count in old blocks where the node keeps their state, and reads the
/// blocks' transactions where it does not.
record NonceSearch(EvmNode node, EvmAddress account, BigInteger nonce) {
  private static final int BLOCKS_TO_READ = 32;

  /// Where the number was used.
  sealed interface Use {
    /// In a block that is not final.
    record Recent() implements Use {}

    /// In a final block.
    ///
    /// @param transaction the hash of the transaction that used it, if it was found
    record Settled(Optional<String> transaction) implements Use {}
  }

  /// @param latest the newest block, known after the number was seen to be used
  /// @param finalBlock the newest final block; negative when there is none
  Use find(BigInteger latest, BigInteger finalBlock) {
    if (finalBlock.signum() < 0) {
      return new Use.Recent();
    }
    Optional<Boolean> used = ifStateIsKept(() -> isUsed(finalBlock));
    if (used.isEmpty()) {
      return byTransactions(latest, finalBlock);
    }
    return used.get()
        ? new Use.Settled(ifStateIsKept(() -> byState(finalBlock)).flatMap(found -> found))
        : new Use.Recent();
  }

  private Use byTransactions(BigInteger latest, BigInteger finalBlock) {
    for (BigInteger at = latest; at.compareTo(finalBlock) > 0; at = at.subtract(BigInteger.ONE)) {
      if (node.transactionIn(at, account, nonce).isPresent()) {
        return new Use.Recent();
      }
    }
    BigInteger oldest =
        finalBlock.subtract(BigInteger.valueOf(BLOCKS_TO_READ)).max(BigInteger.ZERO);
    for (BigInteger at = finalBlock; at.compareTo(oldest) >= 0; at = at.subtract(BigInteger.ONE)) {
      Optional<String> found = node.transactionIn(at, account, nonce);
      if (found.isPresent()) {
        return new Use.Settled(found);
      }
    }
    return new Use.Settled(Optional.empty());
  }

  private Optional<String> byState(BigInteger used) {
    BigInteger unused = blockBefore(used);
    BigInteger after = used;
    while (after.subtract(unused).compareTo(BigInteger.ONE) > 0) {
      BigInteger middle = unused.add(after).shiftRight(1);
      if (isUsed(middle)) {
        after = middle;
      } else {
        unused = middle;
      }
    }
    return node.transactionIn(after, account, nonce);
  }

  /// Steps back, each time twice as far, to a block in which the number is not used.
  private BigInteger blockBefore(BigInteger used) {
    BigInteger step = BigInteger.ONE;
    BigInteger block = used;
    while (block.signum() > 0) {
      block = block.subtract(step).max(BigInteger.ZERO);
      if (!isUsed(block)) {
        return block;
      }
      step = step.shiftLeft(1);
    }
    return block.subtract(BigInteger.ONE);
  }

  private boolean isUsed(BigInteger block) {
    return node.transactionCount(account, EvmNode.at(block)).compareTo(nonce) > 0;
  }

  private static <V> Optional<V> ifStateIsKept(Supplier<V> question) {
    try {
      return Optional.of(question.get());
    } catch (SupercargoException failure) {
      if (failure.category() == SupercargoException.Category.EXTERNAL) {
        return Optional.empty();
      }
      throw failure;
    }
  }
}
