package org.supercargo.signer.kms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.supercargo.api.Bytes;
import org.supercargo.signer.key.KeyType;
import org.supercargo.signer.key.SigningKey;

class PublicKeyInfoTest {
  private static Bytes parse(KeyType type, byte[] encoded) {
    return switch (type) {
      case ED25519 -> PublicKeyInfo.ed25519(encoded);
      case SECP256K1 -> PublicKeyInfo.secp256k1(encoded);
    };
  }

  @ParameterizedTest
  @EnumSource(KeyType.class)
  void a_key_is_read_as_another_library_writes_it(KeyType type) {
    for (int number = 1; number <= 20; number++) {
      try (SigningKey key = LoopbackKms.key(type, number)) {
        assertThat(parse(type, LoopbackKms.publicKeyInfo(key))).isEqualTo(key.publicKey());
      }
    }
  }

  /// RFC 8410, section 10.1.
  @Test
  void the_published_ed25519_key_is_read() {
    byte[] encoded =
        Bytes.fromBase64("MCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=").toArray();
    assertThat(PublicKeyInfo.ed25519(encoded).hex())
        .isEqualTo("19bf44096984cdfe8541bac167dc3b96c85086aa30b6b6cb0c5c38ad703166e1");
  }

  @ParameterizedTest
  @EnumSource(KeyType.class)
  void a_change_of_any_byte_before_the_key_is_refused(KeyType type) {
    byte[] encoded;
    int size;
    try (SigningKey key = LoopbackKms.key(type, 5)) {
      encoded = LoopbackKms.publicKeyInfo(key);
      size = key.publicKey().size();
    }
    for (int at = 0; at < encoded.length - size; at++) {
      for (int bit = 0; bit < 8; bit++) {
        byte[] changed = encoded.clone();
        changed[at] ^= (byte) (1 << bit);
        assertThatThrownBy(() -> parse(type, changed))
            .as("byte %s, bit %s", at, bit)
            .isInstanceOf(IllegalArgumentException.class);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(KeyType.class)
  void every_other_length_and_the_other_kind_are_refused(KeyType type) {
    KeyType other = type == KeyType.ED25519 ? KeyType.SECP256K1 : KeyType.ED25519;
    try (SigningKey key = LoopbackKms.key(type, 5)) {
      byte[] encoded = LoopbackKms.publicKeyInfo(key);
      for (int size = 0; size < encoded.length + 3; size++) {
        if (size != encoded.length) {
          byte[] cut = Arrays.copyOf(encoded, size);
          assertThatThrownBy(() -> parse(type, cut))
              .as("%s bytes", size)
              .isInstanceOf(IllegalArgumentException.class);
        }
      }
      assertThatThrownBy(() -> parse(other, encoded)).isInstanceOf(IllegalArgumentException.class);
    }
  }
}
