package org.supercargo.plugin.evm;

import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import org.supercargo.api.Bytes;
import org.supercargo.api.SupercargoException;
import org.supercargo.api.asset.Asset;
import org.supercargo.api.asset.AssetId;
import org.supercargo.api.asset.ChainId;
import org.supercargo.api.chain.TransactionStatus;
import org.supercargo.api.intent.BalanceChange;
import org.supercargo.api.intent.Receipt;
import org.supercargo.api.intent.TransactionId;
import org.supercargo.evm.PaymentAuthorization;

/// Finds out what became of an authorization, which others put on the chain.
///
/// Whether it is used, the token says. A use is proved by the token's event in a final block. That
/// it can never be used is proved by a final block whose time is past its end and behind which the
/// token does not hold it used, or by the event of its cancellation. Because an endpoint may be
/// several nodes of which one lags behind, no answer about the newest block proves anything alone.
///
/// Source: [EIP-3009](https://eips.ethereum.org/EIPS/eip-3009).
record AuthorizationFinder(ChainId chain, EvmNode node, EvmSettings settings) {

  /// Whether signed bytes are an authorization and not a transaction.
  static boolean isAuthorization(Bytes signed) {
    return signed.hex().startsWith("1901");
  }

  TransactionStatus status(PaymentAuthorization authorization, List<Asset> assets) {
    return isUsed(authorization) ? used(authorization, assets) : unused(authorization, assets);
  }

  private TransactionStatus unused(PaymentAuthorization authorization, List<Asset> assets) {
    EvmNode.Header newest = node.newest();
    Optional<EvmNode.Header> last = finalBlock(newest.number());
    if (last.isEmpty() || last.get().time() < authorization.validBefore()) {
      return new TransactionStatus.Unseen();
    }
    // A node may have dropped the state behind a final block. No later block can use it, so not
    // being used behind a later one says the same.
    Optional<Boolean> used =
        wasUsed(authorization, last.get()).or(() -> wasUsed(authorization, newest));
    if (used.isEmpty()) {
      return new TransactionStatus.Unseen();
    }
    if (used.get() || isUsed(authorization)) {
      return used(authorization, assets);
    }
    return isCanonical(last.get())
        ? new TransactionStatus.Dead(expiry(authorization, last.get()))
        : new TransactionStatus.Unseen();
  }

  private Optional<EvmNode.Header> finalBlock(BigInteger newest) {
    BigInteger number = newest.subtract(BigInteger.valueOf(settings.confirmations() - 1L));
    return number.signum() < 0 ? Optional.empty() : node.header(EvmNode.at(number));
  }

  private boolean isUsed(PaymentAuthorization authorization) {
    return token(authorization).isUsed(authorization.from(), authorization.nonce());
  }

  private Optional<Boolean> wasUsed(PaymentAuthorization authorization, EvmNode.Header block) {
    return token(authorization).wasUsed(authorization.from(), authorization.nonce(), block);
  }

  private AuthorizingToken token(PaymentAuthorization authorization) {
    return new AuthorizingToken(node, authorization.domain().token());
  }

  private boolean isCanonical(EvmNode.Header block) {
    return node.header(EvmNode.at(block.number())).filter(block::equals).isPresent();
  }

  private TransactionStatus used(PaymentAuthorization authorization, List<Asset> assets) {
    BigInteger newest = node.newest().number();
    var events = new AuthorizationEvents(node, authorization, settings.logRange());
    Optional<LandedEvent> found = events.find(newest);
    if (found.isEmpty()) {
      // The token says so, and the events lag behind: handing it in again would be in vain.
      return new TransactionStatus.Seen(newest.longValueExact());
    }
    LandedEvent event = found.get();
    Optional<NodeReceipt> settled =
        node.receipt(event.transaction()).filter(receipt -> isSettled(receipt, event, newest));
    if (events.isCancellation(event.log())) {
      return settled
          .<TransactionStatus>map(
              receipt -> new TransactionStatus.Dead(cancellation(authorization, event, receipt)))
          .orElseGet(TransactionStatus.Unseen::new);
    }
    return settled
        .<TransactionStatus>map(receipt ->
            new TransactionStatus.Final(receipt(authorization, events, event, receipt, assets)))
        .orElseGet(() -> new TransactionStatus.Seen(event.block().longValueExact()));
  }

  private boolean isSettled(NodeReceipt receipt, LandedEvent event, BigInteger newest) {
    BigInteger depth = newest.subtract(receipt.block()).add(BigInteger.ONE);
    return depth.compareTo(BigInteger.valueOf(settings.confirmations())) >= 0
        && receipt.succeeded()
        && receipt.logs().contains(event.log())
        && node.block(receipt.block())
            .filter(block -> block.hash().equals(receipt.blockHash()))
            .isPresent();
  }

  private Receipt receipt(
      PaymentAuthorization authorization,
      AuthorizationEvents events,
      LandedEvent event,
      NodeReceipt landed,
      List<Asset> assets) {
    if (!events.hasMovement(landed.logs())) {
      throw SupercargoException.external(
          name(authorization)
              + " is used by "
              + event.transaction()
              + ", which does not move what it says",
          "Look at that transaction; another authorization with this nonce may have been signed.",
          null);
    }
    AssetId asset = AssetId.token(authorization.domain().token().on(chain));
    boolean wanted = assets.stream().anyMatch(one -> one.id().equals(asset));
    return new Receipt(
        new TransactionId(chain, event.transaction()),
        landed.block().longValueExact(),
        null,
        wanted ? List.of(new BalanceChange(asset, authorization.value().negate())) : List.of(),
        BigInteger.ZERO,
        BigInteger.ZERO);
  }

  private static String expiry(PaymentAuthorization authorization, EvmNode.Header last) {
    return name(authorization)
        + " is not used in the final blocks up to "
        + last.number()
        + ", "
        + last.hash()
        + ", whose time "
        + last.time()
        + " is past its end at "
        + authorization.validBefore();
  }

  private static String cancellation(
      PaymentAuthorization authorization, LandedEvent event, NodeReceipt landed) {
    return name(authorization)
        + " is canceled by "
        + event.transaction()
        + " in the final block "
        + landed.block();
  }

  private static String name(PaymentAuthorization authorization) {
    return "authorization 0x"
        + authorization.nonce().hex()
        + " of "
        + authorization.from()
        + " for the token "
        + authorization.domain().token();
  }
}
