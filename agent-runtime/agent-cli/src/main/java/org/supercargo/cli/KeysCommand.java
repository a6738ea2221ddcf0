package org.supercargo.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.supercargo.api.SupercargoException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "keys",
    description = {
      "Makes, imports, links and lists keys, through the signer's own program.",
      "This process never reads a key."
    },
    subcommands = {
      KeysCommand.New.class,
      KeysCommand.Import.class,
      KeysCommand.Link.class,
      KeysCommand.ListKeys.class
    })
final class KeysCommand {

  @Command(name = "new", description = "Makes a new key.")
  static final class New implements Callable<Integer> {
    @Mixin KeyOptions options = new KeyOptions();

    @Parameters(paramLabel = "NAME")
    @Nullable String name;

    @Option(
        names = "--chain",
        paramLabel = "CHAIN",
        required = true,
        description = "solana or base")
    @Nullable String chain;

    @Override
    public Integer call() {
      return options.signer(
          "new", Objects.requireNonNull(name), "--chain", Objects.requireNonNull(chain));
    }
  }

  @Command(
      name = "import",
      description =
          "Imports a Solana CLI key file, a web3 keystore, a mnemonic, or a hexadecimal key.")
  static final class Import implements Callable<Integer> {
    @Mixin KeyOptions options = new KeyOptions();

    @Parameters(paramLabel = "NAME")
    @Nullable String name;

    @Option(
        names = "--chain",
        paramLabel = "CHAIN",
        required = true,
        description = "solana or base")
    @Nullable String chain;

    @Option(
        names = "--file",
        paramLabel = "FILE",
        description =
            "Without it the key is read from standard input, never from the command line.")
    @Nullable Path file;

    @Option(
        names = "--password-file",
        paramLabel = "FILE",
        description = "Holds the password of a web3 keystore, or a mnemonic's own passphrase.")
    @Nullable Path passwordFile;

    @Option(
        names = "--path",
        paramLabel = "PATH",
        description = "Which key of a mnemonic; default: m/44'/501'/0'/0' or m/44'/60'/0'/0/0.")
    @Nullable String path;

    @Override
    public Integer call() {
      var arguments =
          new ArrayList<>(
              List.of(
                  "import",
                  Objects.requireNonNull(name),
                  "--chain",
                  Objects.requireNonNull(chain)));
      if (file != null) {
        arguments.addAll(List.of("--file", file.toAbsolutePath().toString()));
      }
      if (passwordFile != null) {
        arguments.addAll(List.of("--password-file", passwordFile.toAbsolutePath().toString()));
      }
      if (path != null) {
        arguments.addAll(List.of("--path", path));
      }
      return options.signer(arguments.toArray(String[]::new));
    }
  }

  @Command(
      name = "link",
      description =
          "Names a key that stays where it is, such as in AWS KMS, as one of the signer's.")
  static final class Link implements Callable<Integer> {
    @Mixin KeyOptions options = new KeyOptions();

    @Parameters(paramLabel = "NAME")
    @Nullable String name;

    @Option(
        names = "--chain",
        paramLabel = "CHAIN",
        required = true,
        description = "solana or base")
    @Nullable String chain;

    @Option(
        names = "--remote",
        paramLabel = "PLACE:KEY",
        required = true,
        description = "Where it is and its name there, such as aws-kms:alias/treasurer.")
    @Nullable String remote;

    @Override
    public Integer call() {
      return options.signer(
          "link",
          Objects.requireNonNull(name),
          "--chain",
          Objects.requireNonNull(chain),
          "--remote",
          Objects.requireNonNull(remote));
    }
  }

  @Command(name = "list", description = "Lists key names and their public addresses.")
  static final class ListKeys implements Callable<Integer> {
    @Mixin KeyOptions options = new KeyOptions();

    @Override
    public Integer call() {
      return options.signer("list");
    }
  }

  /// Whose key store, and how to run the program that owns it.
  static final class KeyOptions {
    @Mixin CommonOptions common = new CommonOptions();

    @Option(
        names = "--network",
        paramLabel = "NAME",
        description = "Whose keys: mainnet or local-...; default: mainnet.")
    String network = "mainnet";

    int signer(String... arguments) {
      Installation installation = Installation.find();
      Path home = common.dataDirectory().resolve(network).resolve("signer");
      var command =
          new ArrayList<>(
              List.of(
                  installation.java().toString(),
                  "-XX:+DisableAttachMechanism",
                  "-XX:TieredStopAtLevel=1",
                  "-XX:+UseSerialGC",
                  "-cp",
                  "link".equals(arguments[0])
                      ? installation.signerClassPathForLinks()
                      : installation.signerClassPath(home),
                  "org.supercargo.signer.SignerMain",
                  "keys"));
      command.addAll(List.of(arguments));
      command.addAll(List.of("--home", home.toString()));
      if (common.json) {
        command.add("--json");
      }
      try {
        return new ProcessBuilder(command).inheritIO().start().waitFor();
      } catch (IOException e) {
        throw SupercargoException.bug("The signer's program could not be started", e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return ExitCode.UNAVAILABLE.status;
      }
    }
  }
}
