package org.supercargo.solana;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.supercargo.solana.Samples.ALICE;
import static org.supercargo.solana.Samples.BLOCKHASH;
import static org.supercargo.solana.Samples.BOB;
import static org.supercargo.solana.Samples.CAROL;
import static org.supercargo.solana.Samples.USDC;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.supercargo.api.Bytes;

/// The base64 constants were written by web3.js from the same keys and instructions.
class MessageTest {
  private static final String TOKENS =
      "AQAHCoqI4910CfGV/VLbLTy6XXLKZwm/HZQSG/N0iAG0D29cK8kCOGhpAsJh82TGFPHsq0/z4F9YGhwIBT/H"
          + "U9NN52yMROnTi0H5KqQzBEA7ECRFt9yPict9kQwtNUtP/np+EwAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
          + "AAAAAAAAgTl3Dqh9F19Wo1Rmw0x+zMuNipG07jeiXfYPW4/Js5SMlyWPTiSJ8bs9ECkUjg2DC1oTmdr/EIQE"
          + "jnvY2+n4WQMGRm/lIRcy/+ytunLDm+e8jOW7xfcSayxDmzpAAAAAxvp6877brTo9ZfNqq8l0MbG75MLS9uDk"
          + "fKYCA0UvXWEFSlNamSkhBk0k6HFg2jh8fDW13bySu4HkH6hAQQVEjQbd9uHXZaGT2cvhRs7reawctIXtX1s3"
          + "kTqM9YV+/wCpBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcFBgAFAjB1AAAGAAkDOTAAAAAAAAAF"
          + "BgACBAcDCQEBCQQBBwIACgygJSYAAAAAAAYIAApjYWbDqSDihJY3";
  private static final String VERSIONED =
      "gAEAAgSKiOPddAnxlf1S2y08ul1yymcJvx2UEhvzdIgBtA9vXCvJAjhoaQLCYfNkxhTx7KtP8+BfWBocCAU/"
          + "x1PTTedsAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAG3fbh12Whk9nL4UbO63msHLSF7V9bN5E6"
          + "jPWFfv8AqQcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHAgICAAQMAgAAAE0AAAAAAAAAAwQBBgUA"
          + "CgwFAAAAAAAAAAYB/RckOFqgx1tk+3jNYC+h2ZH96/drE8WO1wLqyDXp9hgCAQMBAg==";
  private static final PublicKey TABLE =
      PublicKey.parse("J2xccRtuG43drESLYznHhLhQkLTdfepcKYbiQ9BsJVaf");

  @Test
  void a_foreign_legacy_message_is_read_and_written_back_byte_for_byte() {
    Bytes bytes = Bytes.fromBase64(TOKENS);
    Message message = Message.parse(bytes);
    assertThat(message.version()).isEqualTo(MessageVersion.LEGACY);
    assertThat(message.feePayer()).isEqualTo(ALICE.key());
    assertThat(message.signers()).containsExactly(ALICE.key());
    assertThat(message.instructions()).hasSize(5);
    assertThat(message.serialize()).isEqualTo(bytes);
  }

  @Test
  void a_foreign_versioned_message_is_read_resolved_and_written_back() {
    Bytes bytes = Bytes.fromBase64(VERSIONED);
    Message message = Message.parse(bytes);
    PublicKey account = Samples.account(BOB, USDC, TokenProgram.TOKEN);
    var table = new AddressLookupTable(TABLE, List.of(CAROL.key(), BOB.key(), USDC, account));
    assertThat(message.version()).isEqualTo(MessageVersion.V0);
    assertThat(message.serialize()).isEqualTo(bytes);
    assertThat(message.accounts(Map.of(TABLE, table)))
        .endsWith(
            AccountMeta.writable(BOB.key()),
            AccountMeta.writable(account),
            AccountMeta.readonly(USDC));
    assertThatThrownBy(() -> message.accounts(Map.of()))
        .hasMessage("the content of the address lookup table " + TABLE + " is not known");
    assertThatThrownBy(() ->
            message.accounts(Map.of(TABLE, new AddressLookupTable(TABLE, List.of(CAROL.key())))))
        .hasMessageContaining("has 1 entries, and entry 1 is asked for");
  }

  @Test
  void our_compiler_writes_the_same_versioned_message_as_web3js() {
    PublicKey account = Samples.account(BOB, USDC, TokenProgram.TOKEN);
    var table = new AddressLookupTable(TABLE, List.of(CAROL.key(), BOB.key(), USDC, account));
    Message message =
        new MessageCompiler(
                ALICE.key(),
                List.of(Samples.lamports(77).instruction(), Samples.usdc(5).instruction()))
            .versioned(BLOCKHASH, List.of(table));
    assertThat(message.serialize().base64()).isEqualTo(VERSIONED);
  }

  @Test
  void an_account_gets_every_privilege_an_instruction_asks_for_and_appears_once() {
    PublicKey program = TestKey.of(40).key();
    Message message =
        Samples.message(
            List.of(
                new Instruction(
                    program,
                    List.of(AccountMeta.readonly(BOB.key()), AccountMeta.readonly(USDC)),
                    Bytes.EMPTY),
                new Instruction(
                    program,
                    List.of(
                        AccountMeta.readonlySigner(CAROL.key()),
                        AccountMeta.writableSigner(BOB.key()),
                        AccountMeta.readonly(ALICE.key())),
                    Bytes.EMPTY)));
    assertThat(message.header()).isEqualTo(new MessageHeader(3, 1, 2));
    assertThat(message.staticAccounts().subList(0, 3))
        .containsExactly(
            AccountMeta.writableSigner(ALICE.key()),
            AccountMeta.writableSigner(BOB.key()),
            AccountMeta.readonlySigner(CAROL.key()));
    assertThat(message.staticAccounts().subList(3, 5))
        .containsExactlyInAnyOrder(AccountMeta.readonly(USDC), AccountMeta.readonly(program));
  }

  @Test
  void each_group_of_accounts_is_in_the_order_of_its_bytes() {
    PublicKey program = TestKey.of(40).key();
    List<PublicKey> keys =
        java.util.stream.IntStream.range(50, 60).mapToObj(TestKey::of).map(TestKey::key).toList();
    Message message =
        Samples.message(
            List.of(
                new Instruction(
                    program, keys.stream().map(AccountMeta::writable).toList(), Bytes.EMPTY)));
    assertThat(message.keys().subList(1, 11)).isEqualTo(keys.stream().sorted().toList());
  }

  @Test
  void bytes_after_the_message_are_refused() {
    assertRefused(append(Bytes.fromBase64(TOKENS), 0), "1 bytes follow where nothing is expected");
  }

  @Test
  void every_truncation_is_refused() {
    for (String text : List.of(TOKENS, VERSIONED)) {
      byte[] whole = Bytes.fromBase64(text).toArray();
      for (int length = 0; length < whole.length; length++) {
        Bytes part = Bytes.of(Arrays.copyOf(whole, length));
        assertThatThrownBy(() -> Message.parse(part))
            .as("the first %d bytes", length)
            .isInstanceOf(MalformedTransactionException.class);
      }
    }
  }

  @Test
  void lengths_are_accepted_in_their_shortest_form_only() {
    for (int value : List.of(0, 1, 127, 128, 255, 256, 16_383, 16_384, 65_535)) {
      Bytes written = new ByteWriter().compactU16(value).written();
      assertThat(new ByteReader(written).compactU16("length")).isEqualTo(value);
    }
    for (String wrong : List.of("8000", "ff00", "808000", "ffff04", "ffffff", "80808000")) {
      assertThatThrownBy(() -> new ByteReader(Bytes.fromHex(wrong)).compactU16("length"))
          .as(wrong)
          .isInstanceOf(MalformedTransactionException.class);
    }
  }

  @Test
  void headers_that_do_not_fit_the_accounts_are_refused() {
    byte[] whole = Bytes.fromBase64(TOKENS).toArray();
    assertRefused(with(whole, 0, 0), "it requires 0 signatures, not 1 to 127");
    assertRefused(with(whole, 1, 1), "no writable signer is left to pay the fee");
    assertRefused(with(whole, 2, 10), "its header counts more accounts than the 10 it has");
    assertRefused(with(whole, 0, 0x81), "message version 1 is not known");
  }

  @Test
  void an_account_listed_twice_is_refused() {
    byte[] whole = Bytes.fromBase64(TOKENS).toArray();
    System.arraycopy(whole, 4 + 32, whole, 4 + 64, 32);
    assertRefused(whole, "it lists an account twice");
  }

  @Test
  void an_index_beyond_the_accounts_is_refused() {
    var compiled = new CompiledInstruction(1, Bytes.fromHex("02"), Bytes.EMPTY);
    assertThatThrownBy(() -> twoKeys(compiled))
        .hasMessage("an instruction names account 2 where there are only 2");
    assertThatThrownBy(() -> twoKeys(new CompiledInstruction(0, Bytes.EMPTY, Bytes.EMPTY)))
        .hasMessage("an instruction's program has the index 0");
    assertThatThrownBy(() -> twoKeys(new CompiledInstruction(2, Bytes.EMPTY, Bytes.EMPTY)))
        .hasMessage("an instruction's program has the index 2");
  }

  @Test
  void a_transaction_of_1232_bytes_fits_and_one_of_1233_does_not() {
    int room = 1232 - 65 - (3 + 1 + 64 + 32 + 1 + 1 + 1 + 2);
    Message fits = twoKeys(new CompiledInstruction(1, Bytes.EMPTY, Bytes.of(new byte[room])));
    assertThat(Transaction.unsigned(fits).serialize().size()).isEqualTo(1232);
    assertThat(Message.parse(fits.serialize())).isEqualTo(fits);
    Message large = twoKeys(new CompiledInstruction(1, Bytes.EMPTY, Bytes.of(new byte[room + 1])));
    assertThatThrownBy(large::serialize)
        .hasMessage("the transaction has 1233 bytes, more than 1232");
  }

  @Test
  void a_lookup_table_account_is_read_and_a_deactivated_one_refused() {
    var account = new ByteWriter().u32(1).u64(new java.math.BigInteger("18446744073709551615"));
    account.bytes(Bytes.of(new byte[44])).bytes(BOB.key().bytes()).bytes(USDC.bytes());
    assertThat(AddressLookupTable.parse(TABLE, account.written()).entries())
        .containsExactly(BOB.key(), USDC);
    var dead = new ByteWriter().u32(1).u64(java.math.BigInteger.TEN);
    dead.bytes(Bytes.of(new byte[44]));
    assertThatThrownBy(() -> AddressLookupTable.parse(TABLE, dead.written()))
        .hasMessageEndingWith("is deactivated");
  }

  private static Message twoKeys(CompiledInstruction compiled) {
    return new Message(
        MessageVersion.LEGACY,
        new MessageHeader(1, 0, 1),
        List.of(ALICE.key(), Program.MEMO.address()),
        BLOCKHASH,
        List.of(compiled),
        List.of());
  }

  private static byte[] with(byte[] whole, int index, int value) {
    byte[] changed = whole.clone();
    changed[index] = (byte) value;
    return changed;
  }

  private static byte[] append(Bytes bytes, int value) {
    var output = new ByteArrayOutputStream();
    output.writeBytes(bytes.toArray());
    output.write(value);
    return output.toByteArray();
  }

  private static void assertRefused(byte[] bytes, String reason) {
    assertThatThrownBy(() -> Message.parse(Bytes.of(bytes)))
        .isInstanceOf(MalformedTransactionException.class)
        .hasMessage(reason);
  }
}
