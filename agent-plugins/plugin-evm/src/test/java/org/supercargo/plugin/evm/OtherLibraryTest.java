package org.supercargo.plugin.evm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.supercargo.api.Bytes;
import org.supercargo.api.asset.Address;
import org.supercargo.api.asset.ChainId;
import org.supercargo.api.payment.SignIn;
import org.supercargo.evm.CallEncoder;
import org.supercargo.evm.EvmAddress;
import org.supercargo.evm.EvmCodec;
import org.supercargo.evm.PaymentAuthorization;
import org.supercargo.evm.TokenDomain;
import org.supercargo.evm.UnsignedTransaction;
import org.web3j.abi.FunctionEncoder;
import org.web3j.abi.datatypes.Bool;
import org.web3j.abi.datatypes.DynamicArray;
import org.web3j.abi.datatypes.DynamicBytes;
import org.web3j.abi.datatypes.Function;
import org.web3j.abi.datatypes.Utf8String;
import org.web3j.abi.datatypes.generated.Bytes32;
import org.web3j.abi.datatypes.generated.Int128;
import org.web3j.abi.datatypes.generated.Uint256;
import org.web3j.crypto.RawTransaction;
import org.web3j.crypto.Sign;
import org.web3j.crypto.StructuredDataEncoder;
import org.web3j.crypto.TransactionEncoder;

/// The codec writes what web3j writes, whatever the values.
class OtherLibraryTest {
  private static final long SEED = 20_261_123L;
  private static final int ROUNDS = 1_000;

  private final Random random = new Random(SEED);

  @Test
  void envelopes_are_the_same_bytes() {
    for (int i = 0; i < ROUNDS; i++) {
      long chain = 1L + random.nextInt(100_000);
      BigInteger nonce = number(62);
      BigInteger tip = number(40);
      BigInteger maximum = tip.add(number(40));
      BigInteger gas = number(24);
      BigInteger value = number(100);
      EvmAddress to = account();
      Bytes data = bytes(random.nextInt(300));
      var ours =
          new UnsignedTransaction(
              BigInteger.valueOf(chain), nonce, tip, maximum, gas, to, value, data, List.of());
      RawTransaction theirs =
          RawTransaction.createTransaction(
              chain, nonce, gas, to.text(), value, "0x" + data.hex(), tip, maximum);
      assertThat(ours.bytes())
          .as("round %d of seed %d", i, SEED)
          .isEqualTo(Bytes.of(TransactionEncoder.encode(theirs)));
      assertThat(UnsignedTransaction.parse(ours.bytes())).isEqualTo(ours);
    }
  }

  @Test
  void proofs_to_hosts_are_the_same_hash() {
    var codec = new EvmCodec(Set.of());
    for (int i = 0; i < ROUNDS; i++) {
      Address wallet = account().on(ChainId.BASE);
      Instant issued = Instant.ofEpochMilli(random.nextLong(4_000_000_000_000L));
      var signIn =
          new SignIn(
              "api.example.com",
              URI.create("https://api.example.com/" + number(100)),
              "Sign in " + number(200),
              number(63).add(BigInteger.valueOf(10_000_000)).toString(),
              issued,
              issued.plusMillis(1 + random.nextInt(300_000)));
      byte[] message = signIn.message(wallet).getBytes(StandardCharsets.US_ASCII);
      assertThat(codec.signInPayload(signIn, wallet))
          .as("round %d of seed %d", i, SEED)
          .isEqualTo(Bytes.of(Sign.getEthereumMessageHash(message)));
    }
  }

  @Test
  void calls_are_the_same_data() {
    for (int i = 0; i < ROUNDS; i++) {
      EvmAddress account = account();
      BigInteger number = number(256);
      BigInteger negative = number(127).negate();
      boolean flag = random.nextBoolean();
      Bytes word = bytes(32);
      Bytes content = bytes(random.nextInt(100));
      String text = "naïve \" \\ , ) ] " + "ü".repeat(random.nextInt(50));
      List<BigInteger> numbers = List.of(number(256), number(8), BigInteger.ZERO);
      var theirs =
          new Function(
              "act",
              List.of(
                  new org.web3j.abi.datatypes.Address(account.text()),
                  new Uint256(number),
                  new Int128(negative),
                  new Bool(flag),
                  new Bytes32(word.toArray()),
                  new DynamicBytes(content.toArray()),
                  new Utf8String(text),
                  new DynamicArray<>(Uint256.class, numbers.stream().map(Uint256::new).toList())),
              List.of());
      Bytes ours =
          CallEncoder.encode(
              "act(address,uint256,int128,bool,bytes32,bytes,string,uint256[])",
              List.of(
                  "0x" + account.value().hex(),
                  number.toString(),
                  negative.toString(),
                  String.valueOf(flag),
                  "0x" + word.hex(),
                  "0x" + content.hex(),
                  text,
                  numbers.toString().replace(" ", "")));
      assertThat("0x" + ours.hex())
          .as("round %d of seed %d", i, SEED)
          .isEqualTo(FunctionEncoder.encode(theirs));
    }
  }

  @Test
  void authorizations_have_the_same_hash() throws IOException {
    for (int i = 0; i < ROUNDS / 10; i++) {
      long start = random.nextInt(2_000_000_000);
      var payment =
          new PaymentAuthorization(
              new TokenDomain(
                  "Dollar " + random.nextInt(), "" + i, BigInteger.valueOf(1 + i), account()),
              account(),
              account(),
              number(256),
              start,
              start + 1 + random.nextInt(86_400),
              bytes(32));
      assertThat(payment.signingHash())
          .as("round %d of seed %d", i, SEED)
          .isEqualTo(Bytes.of(new StructuredDataEncoder(json(payment)).hashStructuredData()));
      assertThat(PaymentAuthorization.parse(payment.bytes())).isEqualTo(payment);
    }
  }

  private static String json(PaymentAuthorization payment) {
    TokenDomain domain = payment.domain();
    return """
    {"types":{
      "EIP712Domain":[
        {"name":"name","type":"string"},{"name":"version","type":"string"},
        {"name":"chainId","type":"uint256"},{"name":"verifyingContract","type":"address"}],
      "TransferWithAuthorization":[
        {"name":"from","type":"address"},{"name":"to","type":"address"},
        {"name":"value","type":"uint256"},{"name":"validAfter","type":"uint256"},
        {"name":"validBefore","type":"uint256"},{"name":"nonce","type":"bytes32"}]},
     "primaryType":"TransferWithAuthorization",
     "domain":{"name":"%s","version":"%s","chainId":"%s","verifyingContract":"%s"},
     "message":{"from":"%s","to":"%s","value":"%s","validAfter":"%d","validBefore":"%d",
       "nonce":"0x%s"}}
    """
        .formatted(
            domain.name(),
            domain.version(),
            domain.chainId(),
            domain.token(),
            payment.from(),
            payment.to(),
            payment.value(),
            payment.validAfter(),
            payment.validBefore(),
            payment.nonce().hex());
  }

  private BigInteger number(int bits) {
    return new BigInteger(1 + random.nextInt(bits), random);
  }

  private EvmAddress account() {
    return new EvmAddress(bytes(20));
  }

  private Bytes bytes(int size) {
    byte[] bytes = new byte[size];
    random.nextBytes(bytes);
    return Bytes.of(bytes);
  }
}
