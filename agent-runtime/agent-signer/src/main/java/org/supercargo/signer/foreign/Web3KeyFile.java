package org.supercargo.signer.foreign;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.function.Supplier;
import org.bouncycastle.crypto.digests.KeccakDigest;
import org.bouncycastle.crypto.engines.AESEngine;
import org.bouncycastle.crypto.modes.SICBlockCipher;
import org.bouncycastle.crypto.params.KeyParameter;
import org.bouncycastle.crypto.params.ParametersWithIV;
import org.supercargo.api.SupercargoException;
import org.supercargo.engine.json.DomainJson;
import org.supercargo.signer.key.KeyType;
import org.supercargo.signer.key.Passphrase;
import org.supercargo.signer.key.SigningKey;

/// Key files of version 3, as geth, web3j and most wallets write them: AES-128-CTR under a key made
/// by scrypt or PBKDF2, with a Keccak-256 check.
///
/// Source: <https://ethereum.org/developers/docs/data-structures-and-encoding/web3-secret-storage>.
/// Weakly protected files are refused: n·r·p of scrypt below 2²⁰ (geth's "light" setting among
/// them), PBKDF2 below 100,000 rounds. The owner should count such a key as known to others.
final class Web3KeyFile {
  private static final int LEAST_SCRYPT_WORK = 1 << 20;
  private static final long MOST_SCRYPT_BYTES = 1L << 29;
  private static final int LEAST_ROUNDS = 100_000;
  private static final int MOST_ROUNDS = 20_000_000;
  private static final int DERIVED_SIZE = 32;

  private Web3KeyFile() {}

  static byte[] read(byte[] content, Supplier<Passphrase> password) {
    JsonNode root = json(content);
    JsonNode crypto = root.has("crypto") ? root.path("crypto") : root.path("Crypto");
    if (root.path("version").asInt() != 3 || !crypto.isObject()) {
      throw SupercargoException.user(
          "This is not a web3 key file of version 3", "Export the key in that format.");
    }
    if (!crypto.path("cipher").asText().equals("aes-128-ctr")) {
      throw malformed("cipher");
    }
    JsonNode parameters = crypto.path("kdfparams");
    if (parameters.path("dklen").asInt() != DERIVED_SIZE) {
      throw malformed("kdfparams.dklen");
    }
    byte[] salt = hex(parameters, "salt");
    byte[] sealed = hex(crypto, "ciphertext");
    byte[] counter = hex(crypto.path("cipherparams"), "iv");
    byte[] check = hex(crypto, "mac");
    if (sealed.length != KeyType.SECRET_SIZE || counter.length != 16) {
      throw malformed("ciphertext or iv");
    }
    Derivation derivation = derivation(crypto.path("kdf").asText(), parameters);
    byte[] derived;
    try (Passphrase opened = password.get()) {
      derived = derivation.key(opened.secret(), salt);
    }
    try {
      if (!MessageDigest.isEqual(check, keccak(derived, 16, 16, sealed))) {
        throw SupercargoException.user(
            "The key file does not open", "The password is wrong, or the file was changed.");
      }
      byte[] secret = decrypt(derived, counter, sealed);
      requireAddress(root.path("address").asText(), secret);
      return secret;
    } finally {
      Arrays.fill(derived, (byte) 0);
    }
  }

  private interface Derivation {
    byte[] key(byte[] password, byte[] salt);
  }

  private static Derivation derivation(String name, JsonNode parameters) {
    return switch (name) {
      case "scrypt" -> scrypt(parameters);
      case "pbkdf2" -> pbkdf2(parameters);
      default -> throw malformed("kdf");
    };
  }

  private static Derivation scrypt(JsonNode parameters) {
    int n = parameters.path("n").asInt();
    int r = parameters.path("r").asInt();
    int p = parameters.path("p").asInt();
    if (n < 2 || Integer.bitCount(n) != 1 || r < 1 || r > 64 || p < 1 || p > 64) {
      throw malformed("kdfparams");
    }
    if ((long) n * r * p < LEAST_SCRYPT_WORK) {
      throw weak("scrypt with n=" + n + ", r=" + r + ", p=" + p);
    }
    if (128L * n * r > MOST_SCRYPT_BYTES) {
      throw malformed("kdfparams");
    }
    return (password, salt) -> new Scrypt(n, r, p).key(password, salt, DERIVED_SIZE);
  }

  private static Derivation pbkdf2(JsonNode parameters) {
    int rounds = parameters.path("c").asInt();
    if (!parameters.path("prf").asText().equals("hmac-sha256") || rounds > MOST_ROUNDS) {
      throw malformed("kdfparams");
    }
    if (rounds < LEAST_ROUNDS) {
      throw weak("PBKDF2 with " + rounds + " rounds");
    }
    return (password, salt) -> Scrypt.pbkdf2(password, salt, rounds, DERIVED_SIZE);
  }

  private static byte[] decrypt(byte[] derived, byte[] counter, byte[] sealed) {
    var cipher = SICBlockCipher.newInstance(AESEngine.newInstance());
    cipher.init(false, new ParametersWithIV(new KeyParameter(derived, 0, 16), counter));
    byte[] secret = new byte[sealed.length];
    cipher.processBytes(sealed, 0, sealed.length, secret, 0);
    return secret;
  }

  private static void requireAddress(String stated, byte[] secret) {
    String digits = stated.toLowerCase(Locale.ROOT);
    digits = digits.startsWith("0x") ? digits.substring(2) : digits;
    if (digits.isEmpty()) {
      return;
    }
    try (SigningKey key = KeyType.SECP256K1.key(secret)) {
      byte[] hash = keccak(key.publicKey().toArray(), 0, 64, new byte[0]);
      if (!HexFormat.of().formatHex(hash, 12, 32).equals(digits)) {
        throw SupercargoException.user(
            "The key in the file is not the key of the address the file states",
            "Do not use the file before you know why.");
      }
    }
  }

  private static byte[] keccak(byte[] first, int start, int length, byte[] second) {
    var digest = new KeccakDigest(256);
    digest.update(first, start, length);
    digest.update(second, 0, second.length);
    byte[] hash = new byte[32];
    digest.doFinal(hash, 0);
    return hash;
  }

  private static JsonNode json(byte[] content) {
    try {
      return new DomainJson().read(new String(content, StandardCharsets.UTF_8), JsonNode.class);
    } catch (SupercargoException e) {
      // Without its cause, which quotes the text.
      throw SupercargoException.user("The key file is not JSON", "Give a web3 key file.");
    }
  }

  private static byte[] hex(JsonNode parent, String field) {
    String text = parent.path(field).asText();
    try {
      byte[] bytes = HexFormat.of().parseHex(text);
      if (bytes.length > 0) {
        return bytes;
      }
    } catch (IllegalArgumentException e) {
      throw malformed(field);
    }
    throw malformed(field);
  }

  private static SupercargoException weak(String protection) {
    return SupercargoException.user(
        "The key file is protected too weakly: " + protection,
        "Move the funds to a new key; if you must use this one, export it again with a standard"
            + " scrypt setting (n=262144, r=8, p=1).");
  }

  private static SupercargoException malformed(String field) {
    return SupercargoException.user(
        "The key file's " + field + " is missing or not supported",
        "Give a web3 key file of version 3 with AES-128-CTR and scrypt or PBKDF2.");
  }
}
