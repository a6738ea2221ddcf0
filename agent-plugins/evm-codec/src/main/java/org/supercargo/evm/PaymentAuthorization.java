package org.supercargo.evm;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.supercargo.api.Bytes;

/// An authorization by which whoever holds its signature may move tokens of `from` to `to`, once.
///
/// Its unsigned form is `0x19 0x01 || typeHash || abi.encode(name, version, chainId, token, from,
/// to, value, validAfter, validBefore, nonce)`: everything that is hashed, readable, in one
/// canonical encoding. The first byte can begin neither a typed transaction in use nor an RLP list,
/// and its length differs from that of the 66 bytes that are hashed in the end.
///
/// Sources: [EIP-3009](https://eips.ethereum.org/EIPS/eip-3009),
/// [EIP-712](https://eips.ethereum.org/EIPS/eip-712),
/// [x402](https://github.com/x402-foundation/x402), scheme `exact`.
///
/// @param value base units of the token, below 2²⁵⁶
/// @param validAfter seconds since 1970; good only in later blocks
/// @param validBefore seconds since 1970, below 2⁴⁰; good only in earlier blocks; at most
///   [#LONGEST] behind `validAfter`, because an authorization without an end could be used when
///   nobody expects it any more
/// @param nonce 32 bytes that no other authorization of `from` for this token has
public record PaymentAuthorization(
    TokenDomain domain,
    EvmAddress from,
    EvmAddress to,
    BigInteger value,
    long validAfter,
    long validBefore,
    Bytes nonce) {
  /// The longest time between the ends of an authorization.
  public static final Duration LONGEST = Duration.ofHours(24);

  /// How long before now an authorization begins, so that a chain whose clock is behind takes it.
  public static final Duration EARLIER = Duration.ofMinutes(10);

  private static final String STRUCT = "TransferWithAuthorization";
  private static final StructTypes TYPES =
      StructTypes.of(
          Map.of(
              "EIP712Domain",
              List.of(
                  new StructTypes.Field("name", "string"),
                  new StructTypes.Field("version", "string"),
                  new StructTypes.Field("chainId", "uint256"),
                  new StructTypes.Field("verifyingContract", "address")),
              STRUCT,
              List.of(
                  new StructTypes.Field("from", "address"),
                  new StructTypes.Field("to", "address"),
                  new StructTypes.Field("value", "uint256"),
                  new StructTypes.Field("validAfter", "uint256"),
                  new StructTypes.Field("validBefore", "uint256"),
                  new StructTypes.Field("nonce", "bytes32"))));
  private static final Bytes TYPE_HASH = TYPES.typeHash(STRUCT);
  private static final AbiParameters FIELDS =
      AbiParameters.of(
          "(string,string,uint256,address,address,address,uint256,uint256,uint256,bytes32)");
  private static final int PREFIX = 2 + 32;
  private static final int LARGEST = 1_024;
  private static final int TIME_BITS = 40;

  public PaymentAuthorization {
    if (value.signum() < 0 || value.bitLength() > 256) {
      throw new MalformedBytesException("the authorization's value does not fit into 256 bits");
    }
    if (nonce.size() != 32) {
      throw new MalformedBytesException(
          "an authorization's nonce has 32 bytes, not " + nonce.size());
    }
    if (validAfter < 0 || validBefore >> TIME_BITS != 0) {
      throw new MalformedBytesException("the authorization is for no time in seconds since 1970");
    }
    if (validBefore <= validAfter) {
      throw new MalformedBytesException("the authorization ends before it begins");
    }
    if (validBefore - validAfter > LONGEST.toSeconds()) {
      throw new MalformedBytesException(
          "the authorization is good for "
              + (validBefore - validAfter)
              + " seconds, longer than "
              + LONGEST.toHours()
              + " hours");
    }
  }

  /// What x402's scheme `exact` asks for: good from ten minutes ago until `timeout` from now.
  ///
  /// @param timeout whole seconds, more than none, at most 23 hours and 50 minutes
  public static PaymentAuthorization until(
      TokenDomain domain,
      EvmAddress from,
      EvmAddress to,
      BigInteger value,
      Instant now,
      Duration timeout,
      Bytes nonce) {
    return new PaymentAuthorization(
        domain,
        from,
        to,
        value,
        now.minus(EARLIER).getEpochSecond(),
        now.plus(timeout).getEpochSecond(),
        nonce);
  }

  /// Whether the bytes begin as typed data does.
  static boolean leads(Bytes bytes) {
    byte[] content = bytes.toArray();
    return content.length > 1
        && content[0] == 0x19
        && content[1] == 0x01
        && !ForeignBytes.mayBeHash(bytes);
  }

  /// Reads the bytes that [#bytes()] writes, and nothing else.
  ///
  /// @throws MalformedBytesException if they are anything else
  public static PaymentAuthorization parse(Bytes bytes) {
    byte[] content = bytes.toArray();
    if (!leads(bytes)) {
      throw new MalformedBytesException("it is no authorization of a payment");
    }
    if (content.length == 66) {
      throw new MalformedBytesException("typed data as two hashes, which hide what it says");
    }
    if (content.length < PREFIX || content.length > LARGEST) {
      throw new MalformedBytesException("typed data of " + content.length + " bytes");
    }
    Bytes typeHash = Bytes.of(Arrays.copyOfRange(content, 2, PREFIX));
    if (!typeHash.equals(TYPE_HASH)) {
      throw new MalformedBytesException(DeniedMessage.describe(typeHash));
    }
    AbiArguments fields =
        FIELDS.decode(Bytes.of(Arrays.copyOfRange(content, PREFIX, content.length)));
    return new PaymentAuthorization(
        new TokenDomain(fields.text(0), fields.text(1), fields.number(2), fields.account(3)),
        fields.account(4),
        fields.account(5),
        fields.number(6),
        seconds(fields.number(7)),
        seconds(fields.number(8)),
        fields.fixedBytes(9));
  }

  private static long seconds(BigInteger number) {
    if (number.bitLength() > TIME_BITS) {
      throw new MalformedBytesException("the authorization is for no time in seconds since 1970");
    }
    return number.longValueExact();
  }

  /// The form that is stored, decoded and judged before it is signed.
  public Bytes bytes() {
    Bytes fields =
        FIELDS.encode(
            new AbiValue.Text(domain.name()),
            new AbiValue.Text(domain.version()),
            AbiValue.of(domain.chainId()),
            AbiValue.of(domain.token()),
            AbiValue.of(from),
            AbiValue.of(to),
            AbiValue.of(value),
            AbiValue.of(validAfter),
            AbiValue.of(validBefore),
            new AbiValue.FixedBytes(nonce));
    var all = new ByteArrayOutputStream();
    all.writeBytes(new byte[] {0x19, 0x01});
    all.writeBytes(TYPE_HASH.toArray());
    all.writeBytes(fields.toArray());
    return Bytes.of(all.toByteArray());
  }

  /// What a key signs, 32 bytes.
  public Bytes signingHash() {
    var owner =
        new TypedValue.Struct(
            Map.of(
                "name", TypedValue.of(new AbiValue.Text(domain.name())),
                "version", TypedValue.of(new AbiValue.Text(domain.version())),
                "chainId", TypedValue.of(AbiValue.of(domain.chainId())),
                "verifyingContract", TypedValue.of(AbiValue.of(domain.token()))));
    var message =
        new TypedValue.Struct(
            Map.of(
                "from", TypedValue.of(AbiValue.of(from)),
                "to", TypedValue.of(AbiValue.of(to)),
                "value", TypedValue.of(AbiValue.of(value)),
                "validAfter", TypedValue.of(AbiValue.of(validAfter)),
                "validBefore", TypedValue.of(AbiValue.of(validBefore)),
                "nonce", TypedValue.of(new AbiValue.FixedBytes(nonce))));
    return new TypedData(TYPES, STRUCT, owner, message).signingHash();
  }

  /// Names it among all authorizations of its account: the token and the nonce, of which the token
  /// takes each once.
  String exclusion() {
    return "authorization 0x" + nonce.hex() + " of " + domain.token();
  }
}
