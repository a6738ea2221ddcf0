package org.supercargo.plugin.evm;

import java.math.BigInteger;
import java.util.List;
import org.supercargo.api.SupercargoException;

/// Decides what to pay for gas, from what recent blocks asked and paid.
///
/// Source: [EIP-1559](https://eips.ethereum.org/EIPS/eip-1559).
record FeeMarket(EvmNode node, EvmSettings settings) {
  /// Prices in wei per gas.
  ///
  /// @param expected what the next block will probably take
  record GasPrice(BigInteger priority, BigInteger maximum, BigInteger expected) {}

  /// Twice the next base fee and the median tip, within the settings' bounds: enough for at least
  /// five full blocks in a row even where the base fee rises by an eighth with each.
  GasPrice current() {
    EvmNode.FeeHistory history = node.feeHistory();
    if (history.baseFees().isEmpty()) {
      throw SupercargoException.external(
          "The node at " + node.host() + " tells no base fee",
          "Use a node of a chain with EIP-1559 fees.",
          null);
    }
    BigInteger base = history.baseFees().getLast().max(settings.minimumBaseFee());
    BigInteger priority =
        median(history.medianTips())
            .max(settings.minimumPriorityFee())
            .min(settings.maximumPriorityFee());
    BigInteger expected = base.add(priority);
    if (expected.compareTo(settings.maximumFeePerGas()) > 0) {
      throw SupercargoException.transientFailure(
          "Gas costs "
              + expected
              + " wei now, more than the bound of "
              + settings.maximumFeePerGas()
              + " wei",
          "Wait until gas is cheaper, or raise the bound.",
          null);
    }
    BigInteger maximum = base.shiftLeft(1).add(priority).min(settings.maximumFeePerGas());
    return new GasPrice(priority, maximum, expected);
  }

  private static BigInteger median(List<BigInteger> tips) {
    return tips.isEmpty() ? BigInteger.ZERO : tips.stream().sorted().toList().get(tips.size() / 2);
  }
}
