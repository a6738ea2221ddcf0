package org.supercargo.plugin.evm;

import java.util.List;
import org.supercargo.api.Bytes;
import org.supercargo.evm.EvmAddress;

/// An event a contract wrote while it was called.
record NodeLog(EvmAddress contract, List<Bytes> topics, Bytes data) {
  NodeLog {
    topics = List.copyOf(topics);
  }
}
