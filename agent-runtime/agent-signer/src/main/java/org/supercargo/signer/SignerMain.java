package org.supercargo.signer;

import java.io.InputStream;
import java.io.PrintStream;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import org.supercargo.api.SupercargoException;
import org.supercargo.api.SupercargoException.Category;

/// The command line of the signer process.
///
/// Ends with 0 when all is well, 2 for what the person who called it can mend, 70 for a defect.
/// Complaints go to the standard error as one line: what is wrong, and what to do.
public final class SignerMain {
  /// How the line begins that tells that the signer serves; the path of its socket follows.
  public static final String READY = "ready";

  private static final int OK = 0;
  private static final int WRONG = 2;
  private static final int DEFECT = 70;

  private static final String USAGE =
      """
      serve --home DIR --socket PATH --agent FILE...
            [--group GROUP] [--create-missing-keys] [--ask-passphrase] [--until-stdin-closes]
            members of GROUP may ask for signatures besides the signer's own user
      keys new NAME --chain solana|base --home DIR [--ask-passphrase] [--json]
      keys import NAME --chain solana|base --home DIR [--file FILE] [--password-file FILE]
            [--path PATH] [--ask-passphrase] [--json]
            reads a Solana key pair, a web3 key file, a mnemonic of 12 to 24 words or
            64 hexadecimal digits from FILE or stdin; PATH is a mnemonic's, such as m/44'/60'/0'/0/0
      keys link NAME --chain solana|base --remote PLACE:KEY --home DIR [--ask-passphrase] [--json]
            uses a key that stays where it is, such as aws-kms:alias/treasurer
      keys list --home DIR [--json]
      """;

  private final InputStream in;
  private final PrintStream out;
  private final PrintStream err;
  private final SecureRandom random;
  private final InstantSource clock;

  public SignerMain(
      InputStream in, PrintStream out, PrintStream err, SecureRandom random, InstantSource clock) {
    this.in = in;
    this.out = out;
    this.err = err;
    this.random = random;
    this.clock = clock;
  }

  public static void main(String[] arguments) {
    var main =
        new SignerMain(
            System.in, System.out, System.err, new SecureRandom(), InstantSource.system());
    System.exit(main.run(List.of(arguments)));
  }

  /// @return the exit code
  public int run(List<String> arguments) {
    try {
      return dispatch(arguments);
    } catch (SupercargoException e) {
      err.println(e.what() + "." + (e.advice().isEmpty() ? "" : " " + e.advice()));
      if (e.category() != Category.BUG) {
        return WRONG;
      }
      e.printStackTrace(err);
      return DEFECT;
    } catch (RuntimeException e) {
      err.println("The signer has a defect. Please report what follows.");
      e.printStackTrace(err);
      return DEFECT;
    }
  }

  private int dispatch(List<String> arguments) {
    if (arguments.isEmpty()) {
      err.print(USAGE);
      return WRONG;
    }
    List<String> rest = arguments.subList(1, arguments.size());
    switch (arguments.getFirst()) {
      case "serve" -> new ServeCommand(in, out, err, random, clock).run(rest);
      case "keys" -> new KeysCommand(in, out, random).run(rest);
      case "--help" -> out.print(USAGE);
      default ->
          throw SupercargoException.user(
              "There is no command \"" + arguments.getFirst() + "\"", "Use serve or keys.");
    }
    return OK;
  }
}
