package org.supercargo.plugin.evm;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.supercargo.api.Bytes;
import org.supercargo.api.SupercargoException;
import org.supercargo.evm.EvmAddress;
import org.supercargo.evm.Keccak256;
import org.supercargo.evm.PaymentAuthorization;

/// The events by which a token records what became of one authorization.
///
/// Sources: [EIP-3009](https://eips.ethereum.org/EIPS/eip-3009),
/// [ERC-20](https://eips.ethereum.org/EIPS/eip-20).
///
/// @param most how many blocks are searched with one request
record AuthorizationEvents(EvmNode node, PaymentAuthorization authorization, int most) {
  private static final Bytes USED = topic("AuthorizationUsed(address,bytes32)");
  private static final Bytes CANCELED = topic("AuthorizationCanceled(address,bytes32)");
  private static final Bytes TRANSFER = topic("Transfer(address,address,uint256)");

  /// Searches from a block back to the time when the authorization was made, in pieces that the
  /// node answers.
  ///
  /// @throws SupercargoException of category EXTERNAL when the node refuses even one block
  Optional<LandedEvent> find(BigInteger newest) {
    List<Object> topics =
        List.of(
            List.of(text(USED), text(CANCELED)),
            text(word(authorization.from())),
            text(authorization.nonce()));
    EvmAddress token = authorization.domain().token();
    BigInteger range = BigInteger.valueOf(most);
    BigInteger last = newest;
    while (last.signum() >= 0) {
      BigInteger first = last.subtract(range).add(BigInteger.ONE).max(BigInteger.ZERO);
      try {
        Optional<LandedEvent> found =
            node.events(token, topics, first, last).stream()
                .filter(event -> isOwn(event.log()))
                .reduce((_, later) -> later);
        if (found.isPresent() || isBeforeAll(first)) {
          return found;
        }
        last = first.subtract(BigInteger.ONE);
      } catch (SupercargoException refused) {
        if (refused.category() != SupercargoException.Category.EXTERNAL
            || range.equals(BigInteger.ONE)) {
          throw refused;
        }
        range = range.shiftRight(1);
      }
    }
    return Optional.empty();
  }

  private boolean isBeforeAll(BigInteger block) {
    return node.header(EvmNode.at(block))
        .filter(header -> header.time() <= authorization.validAfter())
        .isPresent();
  }

  private boolean isOwn(NodeLog log) {
    return isUse(log) || isCancellation(log);
  }

  /// Whether the event says that this authorization, or another with its nonce, was used.
  boolean isUse(NodeLog log) {
    return isNamed(log, USED);
  }

  boolean isCancellation(NodeLog log) {
    return isNamed(log, CANCELED);
  }

  private boolean isNamed(NodeLog log, Bytes event) {
    return log.contract().equals(authorization.domain().token())
        && log.topics().equals(List.of(event, word(authorization.from()), authorization.nonce()));
  }

  /// Whether the events of a transaction hold the movement that belongs to the use: the token
  /// records both next to each other, with nobody else's use between them. Other movements of the
  /// same wallet in the transaction are not this authorization's.
  boolean hasMovement(List<NodeLog> logs) {
    List<NodeLog> own =
        logs.stream().filter(log -> log.contract().equals(authorization.domain().token())).toList();
    for (int use = 0; use < own.size(); use++) {
      if (isUse(own.get(use))) {
        return isMovedAt(own, use, 1) || isMovedAt(own, use, -1);
      }
    }
    return false;
  }

  /// Looks from the use on, or back, until another authorization's use.
  private boolean isMovedAt(List<NodeLog> own, int use, int step) {
    for (int at = use + step; at >= 0 && at < own.size(); at += step) {
      NodeLog log = own.get(at);
      if (isMovement(log)) {
        return true;
      }
      if (!log.topics().isEmpty() && log.topics().getFirst().equals(USED)) {
        return false;
      }
    }
    return false;
  }

  private boolean isMovement(NodeLog log) {
    return log.topics()
            .equals(List.of(TRANSFER, word(authorization.from()), word(authorization.to())))
        && new BigInteger(1, log.data().toArray()).equals(authorization.value());
  }

  private static Bytes word(EvmAddress account) {
    return Bytes.fromHex("0".repeat(24) + account.value().hex());
  }

  private static String text(Bytes topic) {
    return "0x" + topic.hex();
  }

  private static Bytes topic(String event) {
    return Keccak256.hash(Bytes.of(event.getBytes(StandardCharsets.US_ASCII)));
  }
}
