package org.supercargo.proof.reading;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.math.ec.rfc8032.Ed25519;
import org.p2p.solanaj.core.PublicKey;
import org.supercargo.api.Bytes;
import org.supercargo.api.asset.Address;
import org.web3j.crypto.ECDSASignature;
import org.web3j.crypto.Hash;
import org.web3j.crypto.Keys;
import org.web3j.crypto.Sign;
import org.web3j.rlp.RlpDecoder;
import org.web3j.rlp.RlpEncoder;
import org.web3j.rlp.RlpList;
import org.web3j.rlp.RlpString;
import org.web3j.rlp.RlpType;

/// Checks that signed bytes are the unsigned ones with the wallet's signature, and says which of
/// them exclude each other.
public final class SignedReading {
  private static final int WORD = 32;

  private SignedReading() {}

  /// Whether `signed` is `unsigned` with a signature of `wallet` over it, and nothing else.
  public static boolean covers(Address wallet, Bytes unsigned, Bytes signed) {
    try {
      if (wallet.chain().namespace().equals("solana")) {
        return coversMessage(wallet, unsigned.toArray(), signed.toArray());
      }
      return unsigned.toArray()[0] == 0x19
          ? coversTypedData(wallet, unsigned.toArray(), signed.toArray())
          : coversEnvelope(wallet, unsigned.toArray(), signed.toArray());
    } catch (RuntimeException | java.security.SignatureException e) {
      return false;
    }
  }

  private static boolean coversMessage(Address wallet, byte[] message, byte[] signed) {
    byte[] rest = Arrays.copyOfRange(signed, 65, signed.length);
    byte[] key = new PublicKey(wallet.text()).toByteArray();
    return signed[0] == 1
        && Arrays.equals(rest, message)
        && Ed25519.verify(signed, 1, key, 0, message, 0, message.length);
  }

  private static boolean coversEnvelope(Address wallet, byte[] unsigned, byte[] signed)
      throws java.security.SignatureException {
    List<RlpType> fields = fields(signed, 1);
    int count = fields.size() - 3;
    var out = new ByteArrayOutputStream();
    out.write(signed[0]);
    out.writeBytes(RlpEncoder.encode(new RlpList(fields.subList(0, count))));
    return Arrays.equals(out.toByteArray(), unsigned)
        && recovered(
                number(fields.get(count)).intValueExact(),
                number(fields.get(count + 1)),
                number(fields.get(count + 2)),
                Hash.sha3(unsigned))
            .equals(wallet.text());
  }

  private static List<RlpType> fields(byte[] bytes, int from) {
    RlpList decoded = RlpDecoder.decode(Arrays.copyOfRange(bytes, from, bytes.length));
    return ((RlpList) decoded.getValues().getFirst()).getValues();
  }

  private static BigInteger number(RlpType field) {
    return new BigInteger(1, ((RlpString) field).getBytes());
  }

  private static String recovered(int parity, BigInteger r, BigInteger s, byte[] hash)
      throws java.security.SignatureException {
    BigInteger key = Sign.recoverFromSignature(parity, new ECDSASignature(r, s), hash);
    if (key == null) {
      throw new java.security.SignatureException("no key has this signature");
    }
    return Keys.toChecksumAddress(Keys.getAddress(key));
  }

  /// Two texts by offset among ten words; [EIP-712](https://eips.ethereum.org/EIPS/eip-712) hashes
  /// them, and keeps the other words as they are.
  private static boolean coversTypedData(Address wallet, byte[] unsigned, byte[] signed)
      throws java.security.SignatureException {
    byte[] fields = Arrays.copyOfRange(unsigned, 34, unsigned.length);
    var domain = new ByteArrayOutputStream();
    domain.writeBytes(
        Hash.sha3(
            "EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)"
                .getBytes(java.nio.charset.StandardCharsets.US_ASCII)));
    domain.writeBytes(Hash.sha3(text(fields, 0)));
    domain.writeBytes(Hash.sha3(text(fields, 1)));
    domain.write(fields, 2 * WORD, 2 * WORD);
    var message = new ByteArrayOutputStream();
    message.write(unsigned, 2, WORD);
    message.write(fields, 4 * WORD, 6 * WORD);
    var both = new ByteArrayOutputStream();
    both.write(0x19);
    both.write(0x01);
    both.writeBytes(Hash.sha3(domain.toByteArray()));
    both.writeBytes(Hash.sha3(message.toByteArray()));
    int end = unsigned.length;
    return signed.length == end + 65
        && Arrays.equals(Arrays.copyOf(signed, end), unsigned)
        && recovered(
                signed[end + 64] - 27,
                new BigInteger(1, Arrays.copyOfRange(signed, end, end + WORD)),
                new BigInteger(1, Arrays.copyOfRange(signed, end + WORD, end + 2 * WORD)),
                Hash.sha3(both.toByteArray()))
            .equals(wallet.text());
  }

  private static byte[] text(byte[] fields, int index) {
    int at = integer(fields, index * WORD);
    return Arrays.copyOfRange(fields, at + WORD, at + WORD + integer(fields, at));
  }

  private static int integer(byte[] fields, int at) {
    return new BigInteger(1, Arrays.copyOfRange(fields, at, at + WORD)).intValueExact();
  }

  /// What only one of several signatures can have and still happen; empty where only time tells.
  public static Optional<String> exclusion(Address wallet, Bytes unsigned) {
    byte[] bytes = unsigned.toArray();
    if (wallet.chain().namespace().equals("solana") || bytes.length < 34) {
      return Optional.empty();
    }
    try {
      if (bytes[0] == 0x19) {
        return Optional.of(
            "authorization "
                + new BigInteger(1, Arrays.copyOfRange(bytes, 34 + 3 * WORD, 34 + 4 * WORD))
                + " "
                + new BigInteger(1, Arrays.copyOfRange(bytes, 34 + 9 * WORD, 34 + 10 * WORD)));
      }
      boolean typed = (bytes[0] & 0xff) < 0xc0;
      return Optional.of("nonce " + number(fields(bytes, typed ? 1 : 0).get(typed ? 1 : 0)));
    } catch (RuntimeException e) {
      return Optional.empty();
    }
  }
}
