package org.supercargo.plugin.evm;

import static java.util.Objects.requireNonNull;

import java.math.BigInteger;
import java.time.Duration;

/// How an EVM chain is used. Fees are in wei per gas.
///
/// @param nativeSymbol the symbol of the coin that pays fees
/// @param deadline bound on each request to the node
/// @param confirmations blocks from a transaction's own to the newest, both counted, until it is
///   final; 1 to 10,000
/// @param minimumBaseFee the chain never asks for less
/// @param minimumPriorityFee offered even when recent blocks paid less
/// @param maximumPriorityFee offered at the most, whatever recent blocks paid
/// @param maximumFeePerGas no transaction is built when the chain asks for more
/// @param maximumGas the most gas one transaction may use
/// @param paymentValidity how long the payee of an authorization has to use it, by the clock of the
///   chain; whole seconds, 1 second to 1 hour
/// @param logRange the most blocks whose events are asked for at once; 1 to 1,000,000
public record EvmSettings(
    String nativeSymbol,
    Duration deadline,
    int confirmations,
    BigInteger minimumBaseFee,
    BigInteger minimumPriorityFee,
    BigInteger maximumPriorityFee,
    BigInteger maximumFeePerGas,
    BigInteger maximumGas,
    Duration paymentValidity,
    int logRange) {
  /// 2²⁴, the bound of [EIP-7825](https://eips.ethereum.org/EIPS/eip-7825).
  public static final BigInteger GAS_PER_TRANSACTION = BigInteger.valueOf(16_777_216);

  private static final Duration PAYMENT_VALIDITY = Duration.ofMinutes(5);
  private static final Duration LONGEST_PAYMENT_VALIDITY = Duration.ofHours(1);
  private static final int LOG_RANGE = 5_000;

  /// Base: blocks every two seconds, a minimum base fee of 5,000,000 wei, final after ten blocks.
  ///
  /// Source: [Base network
  /// fees](https://docs.base.org/base-chain/network-information/network-fees).
  public static final EvmSettings BASE =
      new EvmSettings(
          "ETH",
          Duration.ofSeconds(20),
          10,
          BigInteger.valueOf(5_000_000),
          BigInteger.valueOf(1_000_000),
          BigInteger.valueOf(1_000_000_000),
          BigInteger.valueOf(20_000_000_000L),
          GAS_PER_TRANSACTION);

  public EvmSettings {
    requireNonNull(nativeSymbol, "nativeSymbol is null");
    if (deadline.isNegative() || deadline.isZero()) {
      throw new IllegalArgumentException("deadline must be positive");
    }
    if (confirmations < 1 || confirmations > 10_000) {
      throw new IllegalArgumentException("confirmations are 1 to 10,000, not " + confirmations);
    }
    if (minimumBaseFee.signum() < 0
        || minimumPriorityFee.signum() < 0
        || maximumPriorityFee.compareTo(minimumPriorityFee) < 0
        || maximumFeePerGas.compareTo(minimumBaseFee.add(maximumPriorityFee)) < 0) {
      throw new IllegalArgumentException(
          "fees must not be negative, and the maximum must cover base and priority fees");
    }
    if (maximumGas.compareTo(BigInteger.valueOf(21_000)) < 0) {
      throw new IllegalArgumentException("no transaction fits into " + maximumGas + " gas");
    }
    if (paymentValidity.compareTo(Duration.ofSeconds(1)) < 0
        || paymentValidity.compareTo(LONGEST_PAYMENT_VALIDITY) > 0
        || !paymentValidity.equals(Duration.ofSeconds(paymentValidity.toSeconds()))) {
      throw new IllegalArgumentException(
          "authorizations are good for 1 second to 1 hour, not " + paymentValidity);
    }
    if (logRange < 1 || logRange > 1_000_000) {
      throw new IllegalArgumentException("events of 1 to 1,000,000 blocks, not " + logRange);
    }
  }

  /// Authorizations good for five minutes, and events of 5,000 blocks at once.
  public EvmSettings(
      String nativeSymbol,
      Duration deadline,
      int confirmations,
      BigInteger minimumBaseFee,
      BigInteger minimumPriorityFee,
      BigInteger maximumPriorityFee,
      BigInteger maximumFeePerGas,
      BigInteger maximumGas) {
    this(
        nativeSymbol,
        deadline,
        confirmations,
        minimumBaseFee,
        minimumPriorityFee,
        maximumPriorityFee,
        maximumFeePerGas,
        maximumGas,
        PAYMENT_VALIDITY,
        LOG_RANGE);
  }

  /// The same with another depth at which transactions are final.
  public EvmSettings withConfirmations(int blocks) {
    return new EvmSettings(
        nativeSymbol,
        deadline,
        blocks,
        minimumBaseFee,
        minimumPriorityFee,
        maximumPriorityFee,
        maximumFeePerGas,
        maximumGas,
        paymentValidity,
        logRange);
  }

  /// The same with another time for payees to use an authorization.
  public EvmSettings withPaymentValidity(Duration validity) {
    return new EvmSettings(
        nativeSymbol,
        deadline,
        confirmations,
        minimumBaseFee,
        minimumPriorityFee,
        maximumPriorityFee,
        maximumFeePerGas,
        maximumGas,
        validity,
        logRange);
  }

  /// The same with another number of blocks whose events are asked for at once.
  public EvmSettings withLogRange(int blocks) {
    return new EvmSettings(
        nativeSymbol,
        deadline,
        confirmations,
        minimumBaseFee,
        minimumPriorityFee,
        maximumPriorityFee,
        maximumFeePerGas,
        maximumGas,
        paymentValidity,
        blocks);
  }
}
