package org.supercargo.evm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.supercargo.api.Bytes;

/// The envelopes were derived with viem 2.57 from the key of EIP-155's example.
class TransactionTest {
  private static final String SENDER = "0x9d8A62f656a8d1615C1294fd71e9CFb3E4855A4F";
  private static final String VALUE =
      "02f082210509830f42408401312d00825208943535353535353535353535353535353535353535880de0b6b3a764000080c0";

  @Test
  void the_legacy_example_of_eip_155_is_signed_by_its_sender() {
    var fields =
        new Rlp.Sequence(
            List.of(
                number("9"),
                number("20000000000"),
                number("21000"),
                Rlp.text(Bytes.fromHex("35".repeat(20))),
                number("1000000000000000000"),
                Rlp.text(Bytes.EMPTY),
                number("1"),
                number("0"),
                number("0")));
    Bytes hash = Keccak256.hash(fields.encode());
    assertThat(hash.hex())
        .isEqualTo("daf5a779ae972f972197303d7b574746c7ef83eadac0f2791ad23db92e4c8e53");
    var signature =
        new RecoverableSignature(
            new BigInteger(
                "18515461264373351373200002665853028612451056578545711640558177340181847433846"),
            new BigInteger(
                "46948507304638947509940763649030358759909902576025900602547168820602576006531"),
            0);
    assertThat(signature.recover(hash).text()).isEqualTo(SENDER);
    assertThat(TestKey.OF_EIP_155.sign(hash)).isEqualTo(TestKey.bytes(signature));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "value, "
        + VALUE
        + ", 3c97b87b93c6582d8a6c955bbc5a3c10122fc11e2c659b8a3c05f82e6e9f60a3"
        + ", 02f87382210509830f42408401312d00825208943535353535353535353535353535353535353535880de0b6b3a764000080c080a04f739d34557e2e8e0ff11b8e42b183ffe36ab6faee5eb7194acfb7a9bf674379a0315bf96a71c0be075dac5f72d4d7cbbe3d7b6cc3456ecd518317fa4e5da3987c"
        + ", 45c1cd1333188d75fa36bf9de6943bb81ed4d5b2cdc9c8df0f1918a6c04ad1f9",
    "token, 02f8678221058080818082fde894833589fcd6edb6e08f4c7c32d4f71b54bda0291380b844a9059cbb000000000000000000000000353535353535353535353535353535353535353500000000000000000000000000000000000000000000000000000000002625a0c0"
        + ", e1e49f01c25f4911ab92118691491ca715bfbecfcba8c831ae5672de3b2db8a7"
        + ", 02f8aa8221058080818082fde894833589fcd6edb6e08f4c7c32d4f71b54bda0291380b844a9059cbb000000000000000000000000353535353535353535353535353535353535353500000000000000000000000000000000000000000000000000000000002625a0c001a044fab96e0ada1fa04f1b3ca371183927b4a33b01eef4675b86cdebee452a57efa05d695d6ca9d1d53beb75aab47dec081e227782500d3989b8eb22e122d1067ffa"
        + ", 0a19891aea60a29c1e44fe8f550b145d72cdc12d0f1637bc903fbd10a9d262e0",
    "access list, 02f87d82210501010282fde894833589fcd6edb6e08f4c7c32d4f71b54bda029138080f85bf85994833589fcd6edb6e08f4c7c32d4f71b54bda02913f842a00000000000000000000000000000000000000000000000000000000000000001a0ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff"
        + ", 6cb2271b08c4a7ecf71cf19f21f27884080664739fab66b7f16d880c780fc44f"
        + ", 02f8bf82210501010282fde894833589fcd6edb6e08f4c7c32d4f71b54bda029138080f85bf85994833589fcd6edb6e08f4c7c32d4f71b54bda02913f842a00000000000000000000000000000000000000000000000000000000000000001a0ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff01a095eacbd3b31a687f972be4786746ae6a1a8d9ed2d416409a2f2756b01fe7e3d49f794892116346b156a31a5521874159f0999837cce80514605c9610c7ce8d83"
        + ", 39a81f358f7aa58257e1f85d11ed6e6a9588f0c56c2f7631d477d839fc194034",
    "creation, 02cf82210501010282fde88080826000c0"
        + ", 13009b55922663ea971618330e596c3423123cc15c8b2e118dda6473cd380f4d"
        + ", 02f85282210501010282fde88080826000c080a003404d6c4333a89f0b02f1c1e48ab7b72b80171968fca6ec8f1c827808c08fa4a02f2cc1690f63b84ced7b63ab01f7f2d2281dbc800b026d00d580485772eb255f"
        + ", 630492dd25c300686963b73070bc82db8b709a8fda3ebab53b6c86f13bec4d2f"
  })
  void envelopes_of_another_library_are_read_and_written_alike(
      String name, String unsigned, String signingHash, String signed, String hash) {
    UnsignedTransaction transaction = UnsignedTransaction.parse(Bytes.fromHex(unsigned));
    assertThat(transaction.bytes().hex()).isEqualTo(unsigned);
    assertThat(transaction.signingHash().hex()).isEqualTo(signingHash);
    SignedEnvelope envelope = SignedEnvelope.parse(Bytes.fromHex(signed));
    assertThat(envelope.transaction()).isEqualTo(transaction);
    assertThat(envelope.bytes().hex()).isEqualTo(signed);
    assertThat(envelope.hash().hex()).isEqualTo(hash);
    assertThat(envelope.sender().text()).isEqualTo(SENDER);
    assertThat(TestKey.bytes(envelope.signature()))
        .isEqualTo(TestKey.OF_EIP_155.sign(transaction.signingHash()));
  }

  @Test
  void every_field_is_read_from_its_own_place() {
    assertThat(UnsignedTransaction.parse(Bytes.fromHex(VALUE)))
        .isEqualTo(
            new UnsignedTransaction(
                BigInteger.valueOf(8453),
                BigInteger.valueOf(9),
                BigInteger.valueOf(1_000_000),
                BigInteger.valueOf(20_000_000),
                BigInteger.valueOf(21_000),
                EvmAddress.parse("0x3535353535353535353535353535353535353535"),
                new BigInteger("1000000000000000000"),
                Bytes.EMPTY,
                List.of()));
  }

  @ParameterizedTest
  @CsvSource({
    "01c0, not a transaction of type 2",
    "f86c, not a transaction of type 2",
    "0280, a list of fields",
    "02c0, 9 fields",
    "02c9808080808080808080, access list is not a list",
    "02c98080808080808080c000, follow the end",
    "02c980c08080808080" + "80c0, the nonce is a list",
    "02c980008080808080" + "80c0, the nonce has leading zeros",
    "02c980800180808080" + "80c0, priority fee is above the maximum",
    "02c980808080800180" + "80c0, an address has 20 bytes",
    "02d18088ffffffffffffffff808080808080c0, the nonce is the one"
  })
  void what_is_no_transaction_is_told_apart(String hex, String complaint) {
    assertThatThrownBy(() -> UnsignedTransaction.parse(Bytes.fromHex(hex)))
        .isInstanceOf(MalformedBytesException.class)
        .hasMessageContaining(complaint);
  }

  @Test
  void a_signature_in_the_upper_half_is_refused() {
    BigInteger order =
        new BigInteger("fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141", 16);
    BigInteger half = order.shiftRight(1);
    assertThat(new RecoverableSignature(BigInteger.ONE, half, 1).s()).isEqualTo(half);
    assertThatThrownBy(() -> new RecoverableSignature(BigInteger.ONE, half.add(BigInteger.ONE), 0))
        .hasMessageContaining("lower half");
    assertThatThrownBy(() -> new RecoverableSignature(order, BigInteger.ONE, 0))
        .hasMessageContaining("out of range");
    assertThatThrownBy(() -> new RecoverableSignature(BigInteger.ONE, BigInteger.ONE, 27))
        .hasMessageContaining("parity");
  }

  private static Rlp number(String decimal) {
    return Rlp.integer(new BigInteger(decimal));
  }
}
