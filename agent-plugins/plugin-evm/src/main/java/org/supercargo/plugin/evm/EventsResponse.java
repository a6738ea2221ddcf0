package org.supercargo.plugin.evm;

import java.util.List;
import java.util.stream.Stream;
import org.web3j.protocol.core.Response;
import org.web3j.protocol.core.methods.response.Log;

/// A node's answer to a search for events.
///
/// Source: [Ethereum execution APIs](https://ethereum.github.io/execution-apis/), `eth_getLogs`.
final class EventsResponse extends Response<List<Log>> {

  /// Without those of blocks that do not count any more, or not yet.
  List<LandedEvent> events() {
    return getResult().stream()
        .filter(log -> !log.isRemoved() && log.getBlockHash() != null)
        .flatMap(EventsResponse::event)
        .toList();
  }

  private static Stream<LandedEvent> event(Log log) {
    return OpStackReceipt.logs(List.of(log)).stream()
        .map(event -> new LandedEvent(event, log.getBlockNumber(), log.getTransactionHash()));
  }
}
