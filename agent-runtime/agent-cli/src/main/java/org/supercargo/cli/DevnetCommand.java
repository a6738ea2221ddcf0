package org.supercargo.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.supercargo.devnet.Devnet;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "devnet",
    description = "Runs a local Solana and a local Base in the foreground until Ctrl-C.",
    subcommands = DevnetCommand.Fund.class)
final class DevnetCommand implements Callable<Integer> {
  @Mixin CommonOptions options = new CommonOptions();

  @Option(
      names = "--random-ports",
      description = "Use free ports instead of 8899, 8900, 8545, 8901.")
  boolean randomPorts;

  @Option(
      names = "--finality-slots",
      paramLabel = "N",
      defaultValue = "8",
      description = "Slots until a Solana block is final, 1 to 32. Mainnet: 32. Default: 8.")
  int finalitySlots;

  @Override
  public Integer call() throws Exception {
    Screen screen = options.screen();
    try (Devnet devnet =
        Devnet.start(new Devnet.Options(randomPorts, finalitySlots), screen::progress)) {
      // Ctrl-C ends the JVM without unwinding; the chains are stopped and waited for all the same.
      var stop = new Thread(devnet::close, "stop devnet");
      Runtime.getRuntime().addShutdownHook(stop);
      show(screen, devnet);
      devnet.await();
      screen.error("The local chains ended by themselves", "Start them again.");
      return ExitCode.UNAVAILABLE.status;
    }
  }

  private static void show(Screen screen, Devnet devnet) throws Exception {
    screen.json((ObjectNode) new ObjectMapper().readTree(devnet.description()));
    screen.heading("The local chains are up");
    screen.step("solana", devnet.solanaRpc() + "   WebSocket " + devnet.solanaWebSocket());
    screen.step("base", devnet.baseRpc() + "   chain id 8453");
    screen.step(
        "faucet",
        devnet.faucet() + "   or: ./supercargo devnet fund ADDRESS \"5 USDC\" --chain solana");
    screen.heading("Names with money on both chains");
    Map<String, String> base = devnet.names("base");
    screen.table(
        List.of("name", "solana", "base"),
        devnet.names("solana").entrySet().stream()
            .map(name ->
                List.of(name.getKey(), name.getValue(), base.getOrDefault(name.getKey(), "")))
            .toList(),
        List.of());
    screen.heading("Tokens");
    List.of("solana", "base")
        .forEach(chain ->
            devnet
                .tokens(chain)
                .forEach((symbol, address) -> screen.step(chain, symbol + "  " + address)));
    screen.blank();
    screen.line(
        screen.dim("  In another terminal: ")
            + "./supercargo run examples/treasurer.yaml --goal \"send 2.5 USDC to alice on solana\"");
    screen.line(screen.dim("  Ctrl-C stops everything; the next start is clean."));
  }

  @Command(name = "fund", description = "Gives an address money on the running devnet.")
  static final class Fund implements Callable<Integer> {
    @Mixin CommonOptions options = new CommonOptions();

    @Parameters(index = "0", paramLabel = "ADDRESS")
    @Nullable String address;

    @Parameters(index = "1", paramLabel = "AMOUNT", description = "Such as \"5 USDC\".")
    @Nullable String amount;

    @Option(
        names = "--chain",
        paramLabel = "CHAIN",
        required = true,
        description = "solana or base")
    @Nullable String chain;

    @Option(
        names = "--faucet",
        paramLabel = "URL",
        defaultValue = "http://127.0.0.1:8901",
        description = "Default: http://127.0.0.1:8901")
    java.net.@Nullable URI faucet;

    @Override
    public Integer call() {
      Screen screen = options.screen();
      var gift = DevnetGift.parse(required(chain), required(address), required(amount));
      try (Devnet devnet = Devnet.connect(java.util.Objects.requireNonNull(faucet))) {
        if (devnet == null) {
          screen.error("No faucet answers at " + faucet, "Start ./supercargo devnet.");
          return ExitCode.UNAVAILABLE.status;
        }
        BigInteger baseUnits = gift.amount().baseUnits();
        devnet.fund(gift.chain(), gift.address(), gift.amount().asset().symbol(), baseUnits);
      }
      screen.line("gave " + gift.amount() + " to " + gift.address() + " on " + gift.chain());
      screen.json(
          screen
              .object()
              .put("type", "funded")
              .put("chain", gift.chain())
              .put("address", gift.address())
              .put("amount", gift.amount().toString()));
      return ExitCode.DONE.status;
    }

    private static String required(@Nullable String value) {
      return java.util.Objects.requireNonNull(value);
    }
  }
}
