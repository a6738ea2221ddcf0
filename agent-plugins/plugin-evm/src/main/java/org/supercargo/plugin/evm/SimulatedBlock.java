package org.supercargo.plugin.evm;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.web3j.protocol.core.Response;
import org.web3j.protocol.core.methods.response.Log;
import org.web3j.utils.Numeric;

/// A block of `eth_simulateV1`, reduced to what is used of it.
///
/// Source: [Ethereum execution APIs](https://ethereum.github.io/execution-apis/).
record SimulatedBlock(List<SimulatedCall> calls) {
  record SimulatedCall(
      String status, @Nullable String returnData, String gasUsed, @Nullable List<Log> logs) {}

  static final class SimulateResponse extends Response<List<SimulatedBlock>> {}

  /// The one call of the one block that was asked for.
  static Optional<PredictedCall> only(List<SimulatedBlock> blocks) {
    if (blocks.size() != 1 || blocks.getFirst().calls().size() != 1) {
      return Optional.empty();
    }
    SimulatedCall call = blocks.getFirst().calls().getFirst();
    boolean succeeded = Numeric.decodeQuantity(call.status()).signum() > 0;
    return Optional.of(
        new PredictedCall(
            succeeded ? null : RevertReason.of(EvmNode.bytes(call.returnData())),
            Numeric.decodeQuantity(call.gasUsed()),
            OpStackReceipt.logs(call.logs())));
  }
}
