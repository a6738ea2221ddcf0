package org.supercargo.plugin.evm;

import java.math.BigInteger;
import java.util.List;

/// A node's receipt of a transaction in a block. Fees are in wei.
///
/// @param l1Fee what a rollup took for the data on its first layer; zero on other chains
record NodeReceipt(
    BigInteger block,
    String blockHash,
    boolean succeeded,
    BigInteger gasUsed,
    BigInteger gasPrice,
    BigInteger l1Fee,
    List<NodeLog> logs) {
  NodeReceipt {
    logs = List.copyOf(logs);
  }

  BigInteger fee() {
    return gasUsed.multiply(gasPrice).add(l1Fee);
  }
}
