package org.supercargo.plugin.evm;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.supercargo.api.Bytes;
import org.supercargo.evm.EvmAddress;
import org.supercargo.evm.Keccak256;

/// Reads from events who would be allowed to take an account's tokens later.
///
/// An allowance of zero is none, and is what remains of one that was used up. Sources:
/// [ERC-20](https://eips.ethereum.org/EIPS/eip-20),
/// [ERC-721](https://eips.ethereum.org/EIPS/eip-721) and
/// [ERC-1155](https://eips.ethereum.org/EIPS/eip-1155) for `ApprovalForAll`,
/// [ERC-777](https://eips.ethereum.org/EIPS/eip-777) for operators,
/// [Permit2](https://docs.uniswap.org/contracts/permit2/overview).
record GrantLogs(List<NodeLog> logs) {
  private static final Bytes APPROVAL = topic("Approval(address,address,uint256)");
  private static final Bytes APPROVAL_FOR_ALL = topic("ApprovalForAll(address,address,bool)");
  private static final Bytes OPERATOR = topic("AuthorizedOperator(address,address)");
  private static final Bytes PERMIT2_APPROVAL =
      topic("Approval(address,address,address,uint160,uint48)");
  private static final Bytes PERMIT2_PERMIT =
      topic("Permit(address,address,address,uint160,uint48,uint48)");

  /// A sentence, or null when `owner` grants nothing.
  @Nullable String firstGrantOf(EvmAddress owner) {
    return logs.stream()
        .filter(log -> grants(log, owner))
        .findFirst()
        .map(log -> "the call would let another account take tokens through " + log.contract())
        .orElse(null);
  }

  private static boolean grants(NodeLog log, EvmAddress owner) {
    int topics = log.topics().size();
    if (topics < 3) {
      return false;
    }
    Bytes event = log.topics().getFirst();
    if (event.equals(OPERATOR)) {
      // Operator first, then whose tokens.
      return isOwn(log.topics().get(2), owner);
    }
    if (!isOwn(log.topics().get(1), owner)) {
      return false;
    }
    if (event.equals(APPROVAL) && topics == 4) {
      // One token of its own kind: the number is the third, nobody at all takes the approval away.
      return !isZero(log.topics().get(2));
    }
    return (event.equals(APPROVAL)
            || event.equals(APPROVAL_FOR_ALL)
            || event.equals(PERMIT2_APPROVAL)
            || event.equals(PERMIT2_PERMIT))
        && !isZero(firstWord(log.data()));
  }

  private static Bytes firstWord(Bytes data) {
    return Bytes.fromHex(data.hex().substring(0, Math.min(64, 2 * data.size())));
  }

  private static boolean isOwn(Bytes topic, EvmAddress owner) {
    return topic.hex().endsWith(owner.value().hex());
  }

  private static boolean isZero(Bytes word) {
    return word.hex().chars().allMatch(digit -> digit == '0');
  }

  private static Bytes topic(String event) {
    return Keccak256.hash(Bytes.of(event.getBytes(StandardCharsets.US_ASCII)));
  }
}
