package org.supercargo.evm;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Pattern;
import org.supercargo.api.Bytes;
import org.supercargo.api.SupercargoException;
import org.supercargo.api.asset.Address;
import org.supercargo.api.asset.ChainId;

/// An account of an EVM chain, 20 bytes, whose canonical text carries a checksum in its letters.
///
/// Source: [EIP-55](https://eips.ethereum.org/EIPS/eip-55).
public record EvmAddress(Bytes value) {
  private static final int SIZE = 20;
  private static final int TEXT_LENGTH = 2 + 2 * SIZE;
  private static final Pattern HEX = Pattern.compile("[0-9a-fA-F]*");
  private static final Pattern BASE58 = Pattern.compile("[1-9A-HJ-NP-Za-km-z]{32,44}");
  private static final String ADVICE = "Use 0x and 40 hexadecimal digits.";

  public EvmAddress {
    if (value.size() != SIZE) {
      throw new MalformedBytesException("an address has 20 bytes, not " + value.size());
    }
  }

  /// Reads foreign text.
  ///
  /// Text in one case only carries no checksum and is taken as it is; mixed case must match.
  ///
  /// @throws SupercargoException of category USER that says what the text looks like instead; it
  ///   never repeats text that could be a private key
  public static EvmAddress parse(String text) {
    String stripped = text.strip();
    if (stripped.isEmpty()) {
      throw SupercargoException.user("The address is empty", ADVICE);
    }
    if (!stripped.startsWith("0x")) {
      throw withoutPrefix(stripped);
    }
    String digits = stripped.substring(2);
    if (!HEX.matcher(digits).matches()) {
      throw SupercargoException.user(
          shown(stripped) + " is not an address: it holds more than hexadecimal digits", ADVICE);
    }
    if (stripped.length() != TEXT_LENGTH) {
      throw wrongLength(stripped, digits.length());
    }
    var address = new EvmAddress(Bytes.fromHex(digits));
    boolean oneCase =
        digits.equals(digits.toLowerCase(Locale.ROOT))
            || digits.equals(digits.toUpperCase(Locale.ROOT));
    if (!oneCase && !address.text().equals(stripped)) {
      throw SupercargoException.user(
          shown(stripped) + " is not an address: its checksum is wrong, so a digit was mistyped",
          "Copy the address again from its source.");
    }
    return address;
  }

  /// The account a public key controls.
  ///
  /// @param publicKey 64 bytes, x and y
  public static EvmAddress ofPublicKey(Bytes publicKey) {
    if (publicKey.size() != 64) {
      throw new MalformedBytesException(
          "a secp256k1 public key has 64 bytes, not " + publicKey.size());
    }
    byte[] hash = Keccak256.hash(publicKey).toArray();
    return new EvmAddress(Bytes.of(Arrays.copyOfRange(hash, hash.length - SIZE, hash.length)));
  }

  /// The account of an address that is known to be one of an EVM chain.
  public static EvmAddress of(Address address) {
    return parse(address.text());
  }

  /// This account on `chain`.
  public Address on(ChainId chain) {
    return new Address(chain, text());
  }

  /// The text with its checksum.
  public String text() {
    String digits = value.hex();
    byte[] hash = Keccak256.hash(Bytes.of(digits.getBytes(StandardCharsets.US_ASCII))).toArray();
    var text = new StringBuilder("0x");
    for (int i = 0; i < digits.length(); i++) {
      int nibble = (hash[i / 2] >> (i % 2 == 0 ? 4 : 0)) & 0xf;
      char digit = digits.charAt(i);
      text.append(nibble >= 8 ? Character.toUpperCase(digit) : digit);
    }
    return text.toString();
  }

  @Override
  public String toString() {
    return text();
  }

  private static SupercargoException withoutPrefix(String text) {
    boolean hex = HEX.matcher(text).matches();
    if (hex && text.length() == 2 * SIZE) {
      return SupercargoException.user(text + " is not an address: it lacks its 0x", ADVICE);
    }
    if (hex && text.length() == 64) {
      return likeAKey();
    }
    if (BASE58.matcher(text).matches()) {
      return SupercargoException.user(
          text + " is not an address here: it looks like a Solana address",
          "Use an address that starts with 0x, or name the chain solana.");
    }
    if (text.endsWith(".eth")) {
      return SupercargoException.user(
          shown(text) + " is a name, not an address", "Names are not looked up; use the address.");
    }
    return SupercargoException.user(shown(text) + " is not an address", ADVICE);
  }

  private static SupercargoException wrongLength(String text, int digits) {
    if (digits == 64) {
      return likeAKey();
    }
    return SupercargoException.user(
        shown(text) + " is not an address: it has " + digits + " hexadecimal digits instead of 40",
        "Copy the whole address.");
  }

  private static SupercargoException likeAKey() {
    return SupercargoException.user(
        "64 hexadecimal digits are a transaction hash or a private key, not an address",
        "If it is a private key, treat it as exposed. " + ADVICE);
  }

  private static String shown(String text) {
    return text.length() <= TEXT_LENGTH + 4
        ? "\"" + text + "\""
        : "Text of " + text.length() + " characters";
  }
}
