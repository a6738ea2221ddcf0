package org.supercargo.plugin.evm;

import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.supercargo.api.Bytes;
import org.supercargo.api.asset.Amount;
import org.supercargo.api.asset.ChainId;
import org.supercargo.api.chain.SignedTransaction;
import org.supercargo.api.chain.SubmitResult;
import org.supercargo.api.chain.TransactionStatus;
import org.supercargo.api.intent.Receipt;
import org.supercargo.evm.AbiFunction;
import org.supercargo.evm.AbiValue;
import org.supercargo.evm.EvmAddress;
import org.supercargo.evm.PaymentAuthorization;
import org.supercargo.evm.SignedAuthorization;
import org.supercargo.evm.StructTypes;
import org.supercargo.evm.TypedData;
import org.supercargo.evm.TypedValue;
import org.supercargo.evm.UnsignedTransaction;

/// Puts authorizations on a local Base and pays the gas, as payees have it done.
record Facilitator(LocalBase base, TestWallet carrier) {
  private static final String FIELDS = "address,address,uint256,uint256,uint256,bytes32";
  private static final AbiFunction BY_SIGNATURE =
      AbiFunction.of("transferWithAuthorization(" + FIELDS + ",bytes)");
  private static final AbiFunction BY_PARTS =
      AbiFunction.of("transferWithAuthorization(" + FIELDS + ",uint8,bytes32,bytes32)");
  private static final AbiFunction CANCEL =
      AbiFunction.of("cancelAuthorization(address,bytes32,bytes)");
  private static final AbiFunction BATCH = AbiFunction.of("aggregate3((address,bool,bytes)[])");
  private static final EvmAddress MULTICALL =
      EvmAddress.parse("0xcA11bde05977b3631167028862bE2a173976CA11");
  private static final StructTypes CANCELLATION =
      StructTypes.of(
          Map.of(
              "EIP712Domain",
              List.of(
                  new StructTypes.Field("name", "string"),
                  new StructTypes.Field("version", "string"),
                  new StructTypes.Field("chainId", "uint256"),
                  new StructTypes.Field("verifyingContract", "address")),
              "CancelAuthorization",
              List.of(
                  new StructTypes.Field("authorizer", "address"),
                  new StructTypes.Field("nonce", "bytes32"))));

  static Facilitator funded(LocalBase base, TestWallet carrier) {
    base.fund(carrier, Amount.parse("0.05", LocalBase.ETHER));
    return new Facilitator(base, carrier);
  }

  static SignedAuthorization authorization(SignedTransaction signed) {
    return SignedAuthorization.parse(signed.bytes());
  }

  static EvmAddress token(SignedTransaction signed) {
    return authorization(signed).authorization().domain().token();
  }

  static Bytes bySignature(SignedTransaction signed) {
    AbiValue signature = AbiValue.of(authorization(signed).signatureBytes());
    return BY_SIGNATURE.encode(withFields(signed, signature));
  }

  static Bytes byParts(SignedTransaction signed) {
    String signature = authorization(signed).signatureBytes().hex();
    return BY_PARTS.encode(
        withFields(
            signed,
            AbiValue.of(Long.parseLong(signature.substring(128), 16)),
            new AbiValue.FixedBytes(Bytes.fromHex(signature.substring(0, 64))),
            new AbiValue.FixedBytes(Bytes.fromHex(signature.substring(64, 128)))));
  }

  private static AbiValue[] withFields(SignedTransaction signed, AbiValue... signature) {
    PaymentAuthorization authorization = authorization(signed).authorization();
    Stream<AbiValue> fields =
        Stream.of(
            AbiValue.of(authorization.from()),
            AbiValue.of(authorization.to()),
            AbiValue.of(authorization.value()),
            AbiValue.of(authorization.validAfter()),
            AbiValue.of(authorization.validBefore()),
            new AbiValue.FixedBytes(authorization.nonce()));
    return Stream.concat(fields, Stream.of(signature)).toArray(AbiValue[]::new);
  }

  SignedTransaction use(SignedTransaction payment) {
    return send(token(payment), bySignature(payment));
  }

  SignedTransaction useAll(SignedTransaction... payments) {
    List<AbiValue> calls =
        Stream.of(payments)
            .<AbiValue>map(payment ->
                new AbiValue.Sequence(
                    List.of(
                        AbiValue.of(token(payment)),
                        new AbiValue.Flag(false),
                        AbiValue.of(bySignature(payment)))))
            .toList();
    return send(MULTICALL, BATCH.encode(new AbiValue.Sequence(calls)));
  }

  /// Takes an authorization back, which only its own wallet can sign.
  SignedTransaction cancel(SignedTransaction payment, TestWallet wallet) {
    PaymentAuthorization authorization = authorization(payment).authorization();
    AbiValue authorizer = AbiValue.of(authorization.from());
    AbiValue nonce = new AbiValue.FixedBytes(authorization.nonce());
    var domain =
        new TypedValue.Struct(
            Map.of(
                "name", TypedValue.of(new AbiValue.Text(authorization.domain().name())),
                "version", TypedValue.of(new AbiValue.Text(authorization.domain().version())),
                "chainId", TypedValue.of(AbiValue.of(authorization.domain().chainId())),
                "verifyingContract", TypedValue.of(AbiValue.of(token(payment)))));
    var message =
        new TypedValue.Struct(
            Map.of("authorizer", TypedValue.of(authorizer), "nonce", TypedValue.of(nonce)));
    Bytes hash = new TypedData(CANCELLATION, "CancelAuthorization", domain, message).signingHash();
    String signature = wallet.signHash(hash).hex();
    String v = signature.endsWith("00") ? "1b" : "1c";
    Bytes ordered = Bytes.fromHex(signature.substring(0, 128) + v);
    return send(token(payment), CANCEL.encode(authorizer, nonce, AbiValue.of(ordered)));
  }

  SignedTransaction send(EvmAddress contract, Bytes data) {
    long nonce = base.chain().nextNonce(carrier.address());
    var transaction =
        new UnsignedTransaction(
            new BigInteger(ChainId.BASE.reference()),
            BigInteger.valueOf(nonce),
            BigInteger.valueOf(1_000_000),
            BigInteger.valueOf(5_000_000_000L),
            BigInteger.valueOf(400_000),
            contract,
            BigInteger.ZERO,
            data,
            List.of());
    SignedTransaction signed = carrier.sign(transaction.bytes(), nonce);
    SubmitResult answer = base.chain().submit(signed);
    if (!(answer instanceof SubmitResult.Accepted)) {
      throw new AssertionError("the node answered " + answer);
    }
    return signed;
  }

  /// What became of a transaction of the facilitator's own, once it is final.
  Receipt settle(SignedTransaction own) {
    base.mine(LocalBase.SETTINGS.confirmations());
    TransactionStatus status = base.chain().status(own, carrier.address(), List.of());
    if (status instanceof TransactionStatus.Final(Receipt receipt)) {
      return receipt;
    }
    throw new AssertionError("the facilitator's transaction is " + status);
  }
}
