package org.supercargo.plugin.evm;

import java.math.BigInteger;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.supercargo.evm.EvmAddress;
import org.web3j.protocol.core.Response;
import org.web3j.protocol.core.methods.response.Log;
import org.web3j.protocol.core.methods.response.TransactionReceipt;
import org.web3j.utils.Numeric;

/// A receipt with the field that rollups of the OP Stack add.
///
/// Source: [OP Stack, transaction fees](https://docs.optimism.io/stack/transactions/fees).
final class OpStackReceipt extends TransactionReceipt {
  private @Nullable String l1Fee;

  static final class ReceiptResponse extends Response<OpStackReceipt> {}

  /// Called while reading JSON.
  void setL1Fee(@Nullable String l1Fee) {
    this.l1Fee = l1Fee;
  }

  NodeReceipt toNodeReceipt() {
    return new NodeReceipt(
        getBlockNumber(),
        getBlockHash(),
        isStatusOK(),
        getGasUsed(),
        Numeric.decodeQuantity(getEffectiveGasPrice()),
        l1Fee == null ? BigInteger.ZERO : Numeric.decodeQuantity(l1Fee),
        logs(getLogs()));
  }

  static List<NodeLog> logs(@Nullable List<Log> logs) {
    return logs == null
        ? List.of()
        : logs.stream()
            .map(log ->
                new NodeLog(
                    EvmAddress.parse(log.getAddress()),
                    log.getTopics().stream().map(EvmNode::bytes).toList(),
                    EvmNode.bytes(log.getData())))
            .toList();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof OpStackReceipt that
        && super.equals(that)
        && Objects.equals(l1Fee, that.l1Fee);
  }

  @Override
  public int hashCode() {
    return 31 * super.hashCode() + Objects.hashCode(l1Fee);
  }
}
