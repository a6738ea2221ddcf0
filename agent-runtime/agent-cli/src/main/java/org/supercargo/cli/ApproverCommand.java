package org.supercargo.cli;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.supercargo.signer.key.KeyEntry;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "approver",
    description = "Keys of people: they approve what rules leave to people, and seal agent files.",
    subcommands = {ApproverCommand.New.class, ApproverCommand.ListKeys.class})
final class ApproverCommand {

  @Command(name = "new", description = "Makes a key and says how a mandate names it.")
  static final class New implements Callable<Integer> {
    @Mixin CommonOptions options = new CommonOptions();
    @Mixin ApproverKeys keys = new ApproverKeys();

    @Parameters(paramLabel = "NAME")
    @Nullable String name;

    @Override
    public Integer call() {
      Screen screen = options.screen();
      KeyEntry made = keys.create(options, Objects.requireNonNull(name), screen);
      show(screen, made);
      screen.line(
          screen.dim(
              "  in the mandate: approvers: { " + made.name() + ": \"" + text(made) + "\" }"));
      return ExitCode.DONE.status;
    }
  }

  @Command(name = "list", description = "Lists names and public keys.")
  static final class ListKeys implements Callable<Integer> {
    @Mixin CommonOptions options = new CommonOptions();
    @Mixin ApproverKeys keys = new ApproverKeys();

    @Override
    public Integer call() {
      Screen screen = options.screen();
      List<KeyEntry> all = keys.list(options);
      all.forEach(key -> show(screen, key));
      if (all.isEmpty()) {
        screen.line(screen.dim("  no keys in " + keys.home(options)));
      }
      return ExitCode.DONE.status;
    }
  }

  private static String text(KeyEntry key) {
    return ApproverKeys.text(key.publicKey());
  }

  private static void show(Screen screen, KeyEntry key) {
    screen.step(key.name(), text(key));
    screen.json(
        screen
            .object()
            .put("type", "approver")
            .put("name", key.name())
            .put("publicKey", text(key)));
  }
}
