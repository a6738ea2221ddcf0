package org.supercargo.evm;

import org.supercargo.api.Bytes;

/// Says what bytes are that are never signed.
///
/// Sources: [EIP-2718](https://eips.ethereum.org/EIPS/eip-2718),
/// [EIP-191](https://eips.ethereum.org/EIPS/eip-191),
/// [EIP-7702](https://eips.ethereum.org/EIPS/eip-7702).
final class ForeignBytes {
  private static final int HASH = 32;

  private ForeignBytes() {}

  static boolean mayBeHash(Bytes bytes) {
    return bytes.size() == HASH;
  }

  static String describe(Bytes bytes) {
    byte[] content = bytes.toArray();
    if (content.length == 0) {
      return "no bytes at all";
    }
    if (mayBeHash(bytes) && !isPersonal(content)) {
      return "32 bytes that may be the hash of anything";
    }
    int first = content[0] & 0xff;
    return switch (first) {
      case 0x01 -> "a transaction of type 1 (EIP-2930), which is not signed here";
      case 0x03 -> "a transaction of type 3 (EIP-4844), which carries blobs";
      case 0x04 -> "a transaction of type 4 (EIP-7702): it delegates the account's code";
      case 0x05 -> "an authorization of EIP-7702: it delegates the account's code";
      case 0x19 ->
          isPersonal(content)
              ? "a message of personal_sign, which contracts and sites take as the account's word"
              : "data for a validator of its own (EIP-191)";
      case '{' -> "a text in JSON, such as typed data that is still to be hashed";
      default ->
          first >= 0xc0
              ? "a legacy transaction, which is not signed here"
              : "bytes that begin with 0x%02x and are no transaction of type 2 (EIP-1559)"
                  .formatted(first);
    };
  }

  private static boolean isPersonal(byte[] content) {
    return content.length > 1 && content[0] == 0x19 && content[1] == 'E';
  }
}
