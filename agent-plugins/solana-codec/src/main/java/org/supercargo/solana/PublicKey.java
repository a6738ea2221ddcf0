package org.supercargo.solana;

import java.util.Arrays;
import org.bouncycastle.math.ec.rfc8032.Ed25519;
import org.supercargo.api.Bytes;
import org.supercargo.api.asset.Address;
import org.supercargo.api.asset.ChainId;

/// The 32 bytes that name an account: an Ed25519 public key, or an address derived by a program.
public record PublicKey(Bytes bytes) implements Comparable<PublicKey> {
  /// Bytes in a key.
  public static final int SIZE = 32;

  public PublicKey {
    if (bytes.size() != SIZE) {
      throw new MalformedTransactionException(
          "a key has " + SIZE + " bytes and this has " + bytes.size());
    }
  }

  /// Reads the base58 text that [#toString()] writes.
  ///
  /// @throws MalformedTransactionException if it is not base58 of exactly 32 bytes
  public static PublicKey parse(String text) {
    return new PublicKey(Base58.decode(text));
  }

  /// @throws MalformedTransactionException if `address` is not on a Solana chain
  public static PublicKey of(Address address) {
    if (!address.chain().namespace().equals("solana")) {
      throw new MalformedTransactionException(address + " is on " + address.chain().name());
    }
    return parse(address.text());
  }

  public Address address(ChainId chain) {
    return new Address(chain, toString());
  }

  /// Whether a private key can exist for it. Addresses derived by programs are chosen so that none
  /// does.
  ///
  /// The check refuses the few encodings of low order or beyond the field's prime, which no hash
  /// meets by chance.
  public boolean isOnCurve() {
    return Ed25519.validatePublicKeyPartial(bytes.toArray(), 0);
  }

  /// Order of the bytes, unsigned: the order of keys in a compiled message.
  @Override
  public int compareTo(PublicKey other) {
    return Arrays.compareUnsigned(bytes.toArray(), other.bytes.toArray());
  }

  @Override
  public String toString() {
    return Base58.encode(bytes);
  }
}
