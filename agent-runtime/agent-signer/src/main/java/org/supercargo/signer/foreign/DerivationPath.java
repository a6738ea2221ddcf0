package org.supercargo.signer.foreign;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.supercargo.api.SupercargoException;
import org.supercargo.signer.key.KeyType;

/// Which of the keys of a mnemonic is meant, such as `m/44'/501'/0'/0'`.
///
/// Sources: [BIP-32](https://github.com/bitcoin/bips/blob/master/bip-0032.mediawiki),
/// [BIP-44](https://github.com/bitcoin/bips/blob/master/bip-0044.mediawiki), and the coin numbers
/// of [SLIP-44](https://github.com/satoshilabs/slips/blob/master/slip-0044.md).
///
/// @param steps from the master key, at most 10
public record DerivationPath(List<Step> steps) {
  /// @param number 0 to 2³¹ less 1
  /// @param hardened whether the child needs the parent's private key even for its public half
  public record Step(int number, boolean hardened) {
    public Step {
      if (number < 0) {
        throw new IllegalArgumentException("a step is not negative");
      }
    }

    @Override
    public String toString() {
      return number + (hardened ? "'" : "");
    }
  }

  private static final Pattern TEXT = Pattern.compile("m(/[0-9]{1,10}['hH]?){0,10}");

  public DerivationPath {
    steps = List.copyOf(steps);
  }

  /// @param text `m`, then steps with a slash before each; a quote or an `h` makes one hardened
  /// @throws SupercargoException of category USER if it is no such path
  public static DerivationPath parse(String text) {
    if (!TEXT.matcher(text).matches()) {
      throw malformed();
    }
    var steps = new ArrayList<Step>();
    for (String part : text.substring(1).split("/", -1)) {
      if (!part.isEmpty()) {
        steps.add(step(part));
      }
    }
    return new DerivationPath(steps);
  }

  private static Step step(String part) {
    boolean hardened = !Character.isDigit(part.charAt(part.length() - 1));
    String digits = hardened ? part.substring(0, part.length() - 1) : part;
    long number = Long.parseLong(digits);
    if (number > Integer.MAX_VALUE) {
      throw malformed();
    }
    return new Step((int) number, hardened);
  }

  /// The path of the first account in the wallets that most people use: `m/44'/501'/0'/0'` on
  /// Solana, `m/44'/60'/0'/0/0` on EVM chains.
  public static DerivationPath usual(KeyType type) {
    return switch (type) {
      case ED25519 -> parse("m/44'/501'/0'/0'");
      case SECP256K1 -> parse("m/44'/60'/0'/0/0");
    };
  }

  private static SupercargoException malformed() {
    return SupercargoException.user(
        "This is not a derivation path",
        "Write it like m/44'/501'/0'/0', with numbers below 2147483648 and at most 10 of them.");
  }

  @Override
  public String toString() {
    return steps.stream().map(step -> "/" + step).collect(Collectors.joining("", "m", ""));
  }
}
