package org.supercargo.plugin.wallet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Method;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.supercargo.api.SupercargoException;
import org.supercargo.api.action.Action;
import org.supercargo.api.action.Param;
import org.supercargo.api.action.Provenance;
import org.supercargo.api.asset.Address;
import org.supercargo.api.asset.AddressBook;
import org.supercargo.api.asset.Amount;
import org.supercargo.api.asset.Asset;
import org.supercargo.api.asset.AssetId;
import org.supercargo.api.asset.ChainId;
import org.supercargo.api.intent.Intent;
import org.supercargo.api.intent.Payee;
import org.supercargo.testkit.FakeChain;
import org.supercargo.testkit.FakeCodec;
import org.supercargo.testkit.ManualClock;
import org.supercargo.testkit.ScriptedFaults;

class WalletPluginTest {
  private static final Address MINT = FakeCodec.account(ChainId.SOLANA, "usdc");
  private static final Asset SOL = new Asset(AssetId.nativeOf(ChainId.SOLANA), "SOL", 9);
  private static final Asset ETH = new Asset(AssetId.nativeOf(ChainId.BASE), "ETH", 18);
  private static final Asset USDC = new Asset(AssetId.token(MINT), "USDC", 6);
  private static final Address ON_SOLANA = FakeCodec.account(ChainId.SOLANA, "agent");
  private static final Address ON_BASE = FakeCodec.account(ChainId.BASE, "agent");
  private static final Address ALICE = FakeCodec.account(ChainId.SOLANA, "alice");
  private static final Address ALICE_ON_BASE = FakeCodec.account(ChainId.BASE, "alice");

  private final ScriptedFaults solanaFaults = new ScriptedFaults();
  private final FakeChain solana =
      new FakeChain(
          FakeChain.Settings.likeSolana().withBlocksByHand(), new ManualClock(), solanaFaults);
  private final FakeChain base =
      new FakeChain(
          FakeChain.Settings.likeBase().withBlocksByHand(),
          new ManualClock(),
          new ScriptedFaults());
  private final WalletPlugin wallet =
      new WalletPlugin(
          List.of(solana, base),
          Map.of(ChainId.BASE, ON_BASE, ChainId.SOLANA, ON_SOLANA),
          List.of(SOL, USDC),
          new AddressBook(Map.of("Alice", List.of(ALICE, ALICE_ON_BASE))));

  private static Amount amount(String number, Asset asset) {
    return Amount.parse(number, asset);
  }

  private static Payee alice() {
    return new Payee("alice", ALICE, Provenance.MANDATE);
  }

  @Test
  void a_transfer_is_a_proposal_with_the_values_given() {
    Intent.Transfer intent =
        wallet.transfer(amount("2.5", USDC), alice(), ChainId.SOLANA, "for lunch");

    assertThat(intent).isEqualTo(new Intent.Transfer(alice(), amount("2.5", USDC), "for lunch"));
    assertThat(solana.landed()).as("nothing is sent").isEmpty();
  }

  @Test
  void chain_and_memo_may_be_left_out() {
    assertThat(wallet.transfer(amount("1", SOL), alice(), null, null).memo()).isEmpty();
  }

  @Test
  void a_chain_that_is_not_the_amount_s_is_refused() {
    assertThatThrownBy(() -> wallet.transfer(amount("1", SOL), alice(), ChainId.BASE, null))
        .isInstanceOfSatisfying(
            SupercargoException.class,
            e -> assertThat(e.category()).isEqualTo(SupercargoException.Category.USER))
        .hasMessage("1 SOL is on solana, not on base");
  }

  @Test
  void a_payee_on_another_chain_is_refused() {
    var elsewhere = new Payee("alice", ALICE_ON_BASE, Provenance.MANDATE);

    assertThatThrownBy(() -> wallet.transfer(amount("1", SOL), elsewhere, null, null))
        .hasMessageContaining("alice's address is on base");
  }

  @Test
  void an_amount_of_nothing_is_refused() {
    assertThatThrownBy(() -> wallet.transfer(amount("0", SOL), alice(), null, null))
        .hasMessageContaining("not a positive amount");
  }

  @Test
  void balances_are_exact_and_in_the_order_of_the_chains() {
    solana.credit(ON_SOLANA, new Amount(SOL, new BigInteger("1000000001")));
    solana.credit(ON_SOLANA, new Amount(USDC, new BigInteger("2500000")));
    base.credit(ON_BASE, new Amount(ETH, BigInteger.ONE));

    assertThat(wallet.balances(null))
        .isEqualTo(
            """
            solana  SOL   1.000000001
            solana  USDC  2.5
            base    ETH   0.000000000000000001\
            """);
  }

  @Test
  void one_chain_can_be_asked_alone() {
    solanaFaults.failCalls(1);

    assertThat(wallet.balances(ChainId.BASE)).isEqualTo("base  ETH  0");
  }

  @Test
  void a_chain_that_fails_is_named_and_hides_no_other() {
    solanaFaults.failCalls(1);

    assertThat(wallet.balances(null))
        .isEqualTo(
            """
            solana  SOL  not known: The node of solana asks to slow down
            base    ETH  0\
            """);
  }

  @Test
  void what_a_chain_said_before_it_failed_is_kept() {
    solana.credit(ON_SOLANA, new Amount(SOL, BigInteger.TEN));
    var faults = new FailingSecondCall();
    var shaky =
        new FakeChain(
            FakeChain.Settings.likeSolana().withBlocksByHand(), new ManualClock(), faults);

    String text =
        new WalletPlugin(
                List.of(shaky), Map.of(ChainId.SOLANA, ON_SOLANA), List.of(USDC), AddressBook.EMPTY)
            .balances(null);

    assertThat(text)
        .isEqualTo(
            """
            solana  SOL   0
            solana  USDC  not known: The node of solana asks to slow down\
            """);
  }

  @Test
  void a_chain_without_a_wallet_is_refused_by_name_and_left_out_otherwise() {
    var oneWallet =
        new WalletPlugin(
            List.of(solana, base), Map.of(ChainId.BASE, ON_BASE), List.of(), AddressBook.EMPTY);

    assertThat(oneWallet.balances(null)).isEqualTo("base  ETH  0");
    assertThat(oneWallet.address(null)).isEqualTo("base  " + ON_BASE);
    assertThatThrownBy(() -> oneWallet.balances(ChainId.SOLANA))
        .hasMessage("The agent has no wallet on solana");
    assertThatThrownBy(() -> oneWallet.address(ChainId.SOLANA))
        .hasMessage("The agent has no wallet on solana");
  }

  @Test
  void an_agent_without_wallets_says_so() {
    var none = new WalletPlugin(List.of(), Map.of(), List.of(), AddressBook.EMPTY);

    assertThatThrownBy(() -> none.balances(null)).hasMessage("The agent has no wallet");
  }

  @Test
  void addresses_are_told_whole() {
    assertThat(wallet.address(null)).isEqualTo("solana  " + ON_SOLANA + "\nbase    " + ON_BASE);
    assertThat(wallet.address(ChainId.BASE)).isEqualTo("base  " + ON_BASE);
  }

  @Test
  void payees_are_told_with_every_address() {
    assertThat(wallet.payees()).isEqualTo("alice  solana " + ALICE + ", base " + ALICE_ON_BASE);
    assertThat(new WalletPlugin(List.of(), Map.of(), List.of(), AddressBook.EMPTY).payees())
        .isEqualTo("The address book is empty.");
  }

  @Test
  void every_example_names_only_parameters_of_its_action_and_all_required_ones() {
    List<Method> actions =
        Arrays.stream(WalletPlugin.class.getMethods())
            .filter(method -> method.isAnnotationPresent(Action.class))
            .toList();

    assertThat(actions)
        .extracting(Method::getName)
        .containsExactlyInAnyOrder("transfer", "balances", "address", "payees");
    for (Method action : actions) {
      Map<String, Boolean> parameters =
          Arrays.stream(action.getParameters())
              .collect(
                  Collectors.toMap(
                      parameter -> parameter.getName(),
                      parameter -> parameter.getAnnotation(Param.class).required()));
      for (String example : action.getAnnotation(Action.class).examples()) {
        List<String> named =
            java.util.regex.Pattern.compile("\\{(\\w+)}")
                .matcher(example)
                .results()
                .map(result -> result.group(1))
                .toList();
        assertThat(parameters.keySet()).as(example).containsAll(named);
        parameters.forEach((name, required) -> {
          if (required) {
            assertThat(named).as(example).contains(name);
          }
        });
      }
    }
  }
}
