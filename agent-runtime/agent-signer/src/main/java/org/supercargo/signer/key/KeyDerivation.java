package org.supercargo.signer.key;

import java.security.SecureRandom;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;
import org.supercargo.api.Bytes;
import org.supercargo.api.SupercargoException;

/// How an encryption key is made from a passphrase: Argon2id, version 0x13, after [RFC
/// 9106](https://www.rfc-editor.org/rfc/rfc9106).
///
/// @param name `argon2id`
/// @param memory kibibytes, 19,456 to 1,048,576
/// @param passes 1 to 64
/// @param lanes 1 to 16
/// @param salt 16 to 64 bytes
record KeyDerivation(String name, int memory, int passes, int lanes, Bytes salt) {
  private static final String ARGON2ID = "argon2id";
  private static final int MEMORY = 46 * 1024;
  private static final int PASSES = 2;
  private static final int LANES = 1;
  private static final int SALT_SIZE = 16;
  private static final int KEY_SIZE = 32;

  KeyDerivation {
    if (!name.equals(ARGON2ID)
        || memory < 19_456
        || memory > 1 << 20
        || passes < 1
        || passes > 64
        || lanes < 1
        || lanes > 16
        || salt.size() < SALT_SIZE
        || salt.size() > 64) {
      throw SupercargoException.user(
          "The key derivation is not Argon2id with 19 MiB to 1 GiB of memory",
          "The key file was changed or written by another version.");
    }
  }

  /// Today's parameters with a new salt.
  static KeyDerivation fresh(SecureRandom random) {
    byte[] salt = new byte[SALT_SIZE];
    random.nextBytes(salt);
    return new KeyDerivation(ARGON2ID, MEMORY, PASSES, LANES, Bytes.of(salt));
  }

  /// Whether a new key may use it too.
  boolean isCurrent() {
    return memory == MEMORY && passes == PASSES && lanes == LANES;
  }

  /// Its part of an authenticated header.
  String header() {
    return String.join(
        "\n",
        name,
        Integer.toString(memory),
        Integer.toString(passes),
        Integer.toString(lanes),
        salt.hex());
  }

  byte[] key(Passphrase passphrase) {
    var generator = new Argon2BytesGenerator();
    generator.init(
        new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
            .withVersion(Argon2Parameters.ARGON2_VERSION_13)
            .withMemoryAsKB(memory)
            .withIterations(passes)
            .withParallelism(lanes)
            .withSalt(salt.toArray())
            .build());
    byte[] key = new byte[KEY_SIZE];
    generator.generateBytes(passphrase.secret(), key);
    return key;
  }
}
