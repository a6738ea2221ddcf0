package org.supercargo.solana;

import java.util.regex.Pattern;
import org.supercargo.api.Bytes;
import org.supercargo.api.SupercargoException;
import org.supercargo.api.asset.Address;
import org.supercargo.api.asset.ChainId;

/// Reads foreign text as a Solana address and says what it looks like when it is none.
public final class AddressText {
  private static final Pattern EVM = Pattern.compile("0[xX][0-9a-fA-F]{40}");
  private static final Pattern DOMAIN = Pattern.compile("[A-Za-z0-9-]+\\.[a-z]{2,10}");
  private static final int KEY_PAIR_SIZE = 64;
  private static final int LONGEST_QUOTED = 60;
  private static final String ADVICE =
      "Give the 32 to 44 characters that a Solana wallet shows as its address.";

  private AddressText() {}

  /// @throws SupercargoException of category USER, naming what the text looks like instead
  public static Address parse(String text, ChainId chain) {
    String trimmed = text.strip();
    if (trimmed.isEmpty()) {
      throw SupercargoException.user("The Solana address is empty", ADVICE);
    }
    if (EVM.matcher(trimmed).matches()) {
      throw SupercargoException.user(
          trimmed + " looks like an EVM address, not a Solana address",
          "Name an address on Solana, or pay on the chain this address belongs to.");
    }
    if (DOMAIN.matcher(trimmed).matches()) {
      throw SupercargoException.user(
          "\"" + trimmed + "\" looks like a domain name, which is not looked up", ADVICE);
    }
    try {
      return key(trimmed).address(chain);
    } catch (MalformedTransactionException reason) {
      throw SupercargoException.user(
          quoted(trimmed) + " is not a Solana address: " + reason.what(), ADVICE);
    }
  }

  private static PublicKey key(String text) {
    Bytes decoded = Base58.decode(text);
    if (decoded.size() == KEY_PAIR_SIZE) {
      // It may be a secret key, so it must not be repeated anywhere.
      throw SupercargoException.user(
          "The text has the length of a transaction signature or a secret key, not of an address",
          ADVICE);
    }
    if (decoded.size() != PublicKey.SIZE) {
      throw new MalformedTransactionException(
          "it stands for " + decoded.size() + " bytes, and an address has " + PublicKey.SIZE);
    }
    return new PublicKey(decoded);
  }

  private static String quoted(String text) {
    return text.length() <= LONGEST_QUOTED
        ? "\"" + text + "\""
        : "Text of " + text.length() + " characters";
  }
}
