package org.supercargo.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.supercargo.engine.store.AgentStore;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Options of commands that read what is stored and need no chain.
final class ReadingOptions {
  @Mixin CommonOptions common = new CommonOptions();

  @Option(
      names = "--network",
      paramLabel = "NAME",
      description = "Whose data to read: mainnet or local-...; default: the one used last.")
  @Nullable String network;

  Screen screen() {
    return common.screen();
  }

  Path directory() {
    return new DataDirectory(common.dataDirectory()).network(network);
  }

  AgentStore store() {
    return AgentSession.openStore(common.storeUrl(), directory());
  }
}
