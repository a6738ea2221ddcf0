package org.supercargo.plugin.evm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.supercargo.api.Bytes;
import org.supercargo.api.SupercargoException;
import org.supercargo.api.SupercargoException.Category;
import org.supercargo.api.asset.Amount;
import org.supercargo.api.asset.ChainId;
import org.supercargo.api.chain.Draft;
import org.supercargo.api.chain.DraftRequest;
import org.supercargo.api.intent.BalanceChange;
import org.supercargo.api.intent.Effect;
import org.supercargo.api.intent.Intent;
import org.supercargo.evm.EvmAddress;
import org.supercargo.evm.Keccak256;
import org.supercargo.evm.UnsignedTransaction;

/// How calls of an intent become drafts.
class CallDraftTest {
  private static final URI RPC = URI.create("https://rpc.example:8443/");
  private static final TestWallet WALLET = TestWallet.of(79);
  private static final EvmAddress VAULT =
      EvmAddress.parse("0xdbF03B407c01E7cD3CBea99509d93f8DDDC8C6FB");
  private static final EvmAddress TOKEN =
      EvmAddress.parse("0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913");
  private static final String OTHER_ACCOUNT = "0xdbf03b407c01e7cd3cbea99509d93f8dddc8c6fb";
  private static final String OWN = word(EvmAddress.of(WALLET.address()));
  private static final String OTHER = word(VAULT);
  private static final String NOBODY = "0x" + "0".repeat(64);
  private static final String TEN = "0x" + "0".repeat(63) + "a";

  private final ScriptedNode node = new ScriptedNode();
  private final EvmChain chain = new EvmChain(ChainId.BASE, RPC, node, EvmSettings.BASE);

  @Test
  void an_intents_call_is_encoded_with_its_value_and_read_again_from_the_bytes() {
    Draft draft = draft(call("claim(address,uint256)", "0.5", OTHER_ACCOUNT, "1234567"), "");
    UnsignedTransaction transaction = UnsignedTransaction.parse(draft.unsigned());
    assertThat(transaction.to()).isEqualTo(VAULT);
    assertThat(transaction.value()).isEqualTo(new BigInteger("500000000000000000"));
    assertThat(transaction.data().hex())
        .isEqualTo("aad3ec96" + OTHER.substring(2) + "0".repeat(58) + "12d687");
    assertThat(draft.effects())
        .element(1)
        .isEqualTo(
            new Effect.Call(
                WALLET.address(),
                VAULT.on(ChainId.BASE),
                "claim(address,uint256)",
                List.of(OTHER_ACCOUNT, "1234567"),
                transaction.value()));
    assertThat(draft.simulation().error()).isNull();
    assertThat(draft.simulation().changes())
        .singleElement()
        .extracting(BalanceChange::baseUnits)
        .satisfies(taken -> assertThat(taken.negate()).isGreaterThan(transaction.value()));
  }

  @Test
  void what_a_call_would_take_comes_from_the_simulation() {
    Draft draft =
        draft(
            call("claim(address,uint256)", "0", OTHER_ACCOUNT, "1"),
            log("Transfer(address,address,uint256)", TEN, OWN, OTHER));
    assertThat(draft.simulation().changes())
        .anySatisfy(change -> {
          assertThat(change.asset().reference()).isEqualTo(TOKEN.text());
          assertThat(change.baseUnits()).isEqualTo(-10);
        });
  }

  @Test
  void a_call_nobody_can_simulate_is_not_drafted() {
    ready().refuse("eth_simulateV1", -32601, "the method does not exist");
    assertThatThrownBy(() -> prepare(call("claim(address,uint256)", "0", OTHER_ACCOUNT, "1")))
        .isInstanceOfSatisfying(
            SupercargoException.class,
            refusal -> {
              assertThat(refusal.category()).isEqualTo(Category.EXTERNAL);
              assertThat(refusal.what()).contains("cannot say what a call would take");
              assertThat(refusal.advice()).contains("eth_simulateV1");
            });
  }

  @ParameterizedTest
  @CsvSource({
    "'Approval(address,address,uint256)', OWN OTHER, TEN, true",
    "'Approval(address,address,uint256)', OWN OTHER, NOBODY, false",
    "'Approval(address,address,uint256)', OTHER OWN, TEN, false",
    "'Approval(address,address,uint256)', OWN OTHER TEN, '', true",
    "'Approval(address,address,uint256)', OWN NOBODY TEN, '', false",
    "'ApprovalForAll(address,address,bool)', OWN OTHER, TEN, true",
    "'ApprovalForAll(address,address,bool)', OWN OTHER, NOBODY, false",
    "'AuthorizedOperator(address,address)', OTHER OWN, '', true",
    "'AuthorizedOperator(address,address)', OWN OTHER, '', false",
    "'Approval(address,address,address,uint160,uint48)', OWN OTHER OTHER, TEN, true",
    "'Permit(address,address,address,uint160,uint48,uint48)', OWN OTHER OTHER, TEN, true",
    "'Deposit(address,uint256)', OWN OTHER, TEN, false"
  })
  void a_call_that_would_let_another_account_take_tokens_is_drafted_as_a_failure(
      String event, String topics, String data, boolean grants) {
    Draft draft =
        draft(
            call("claim(address,uint256)", "0", OTHER_ACCOUNT, "1"),
            log(
                event,
                data.isEmpty() ? "0x" : value(data),
                Stream.of(topics.split(" ", -1)).map(CallDraftTest::value).toArray(String[]::new)));
    if (grants) {
      assertThat(draft.simulation().error())
          .isEqualTo("the call would let another account take tokens through " + TOKEN);
    } else {
      assertThat(draft.simulation().error()).isNull();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "setApprovalForAll(address,bool) | an operator of everything",
        "transfer(address,uint256) | not as plain calls",
        "claim(address,uint) | the type uint is not supported",
        "claim(address,uint256,bool) | takes 3 arguments, not 2",
        "claim(address,bool) | is no bool"
      })
  void what_cannot_be_called_is_refused_before_the_node_is_asked(
      String function, String complaint) {
    assertThatThrownBy(() -> prepare(call(function, "0", OTHER_ACCOUNT, "1234567")))
        .isInstanceOfSatisfying(
            SupercargoException.class,
            refusal -> {
              assertThat(refusal.category()).isEqualTo(Category.USER);
              assertThat(refusal.what()).contains(complaint);
            });
  }

  private static Intent.Call call(String function, String value, String... arguments) {
    Amount sent = Amount.parse(value, LocalBase.ETHER);
    return new Intent.Call(VAULT.on(ChainId.BASE), function, List.of(arguments), sent, sent);
  }

  private Draft draft(Intent.Call call, String logs) {
    ready()
        .answer(
            "eth_simulateV1",
            """
            [{"calls":[{"status":"0x1","returnData":"0x","gasUsed":"0xc350","logs":[%s]}]}]
            """
                .formatted(logs));
    return prepare(call);
  }

  private Draft prepare(Intent.Call call) {
    return chain.prepare(new DraftRequest(call, WALLET.address(), null, 3));
  }

  private ScriptedNode ready() {
    return node.answer(
            "eth_feeHistory",
            """
            {"oldestBlock":"0x1","baseFeePerGas":["0x4c4b40"],"gasUsedRatio":[0.5],"reward":[["0x1"]]}
            """)
        .answer("eth_getBalance", "\"0xde0b6b3a7640000\"")
        .answer("eth_estimateGas", "\"0xc350\"")
        .answer("eth_call", "\"0x\"");
  }

  private static String log(String event, String data, String... topics) {
    Bytes name = Keccak256.hash(Bytes.of(event.getBytes(StandardCharsets.US_ASCII)));
    String all =
        Stream.concat(Stream.of("0x" + name.hex()), List.of(topics).stream())
            .collect(Collectors.joining("\",\"", "[\"", "\"]"));
    return "{\"address\":\"%s\",\"topics\":%s,\"data\":\"%s\"}".formatted(TOKEN, all, data);
  }

  private static String value(String name) {
    return switch (name) {
      case "OWN" -> OWN;
      case "OTHER" -> OTHER;
      case "TEN" -> TEN;
      case "NOBODY" -> NOBODY;
      default -> throw new IllegalArgumentException(name);
    };
  }

  private static String word(EvmAddress account) {
    return "0x" + "0".repeat(24) + account.value().hex();
  }
}
