package org.supercargo.evm;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import org.supercargo.api.Bytes;

/// An authorization with its signature: the unsigned form and the 65 bytes r, s and v behind it.
///
/// Source: [EIP-3009](https://eips.ethereum.org/EIPS/eip-3009).
public record SignedAuthorization(
    PaymentAuthorization authorization, RecoverableSignature signature) {
  private static final int SIGNATURE = 65;
  private static final int FIRST_V = 27;

  /// Reads the bytes that [#bytes()] writes, and nothing else.
  ///
  /// @throws MalformedBytesException if they are anything else
  public static SignedAuthorization parse(Bytes bytes) {
    byte[] content = bytes.toArray();
    if (content.length < SIGNATURE) {
      throw new MalformedBytesException("a signed authorization has more than 65 bytes");
    }
    int end = content.length - SIGNATURE;
    byte[] signature = Arrays.copyOfRange(content, end, content.length);
    signature[SIGNATURE - 1] = (byte) (signature[SIGNATURE - 1] - FIRST_V);
    return new SignedAuthorization(
        PaymentAuthorization.parse(Bytes.of(Arrays.copyOf(content, end))),
        RecoverableSignature.parse(Bytes.of(signature)));
  }

  public Bytes bytes() {
    var all = new ByteArrayOutputStream();
    all.writeBytes(authorization.bytes().toArray());
    all.writeBytes(signatureBytes().toArray());
    return Bytes.of(all.toByteArray());
  }

  /// What contracts and x402 call the signature: r, s, and v as 27 or 28.
  public Bytes signatureBytes() {
    return Bytes.fromHex(
        "%064x%064x%02x".formatted(signature.r(), signature.s(), FIRST_V + signature.yParity()));
  }

  /// The account whose key signed it.
  public EvmAddress signer() {
    return signature.recover(authorization.signingHash());
  }
}
