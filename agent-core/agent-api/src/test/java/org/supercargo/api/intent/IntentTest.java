package org.supercargo.api.intent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.supercargo.api.SupercargoException;
import org.supercargo.api.action.Provenance;
import org.supercargo.api.asset.Address;
import org.supercargo.api.asset.Amount;
import org.supercargo.api.asset.Asset;
import org.supercargo.api.asset.AssetId;
import org.supercargo.api.asset.ChainId;

/// What cannot be meant cannot be proposed.
final class IntentTest {
  private static final Asset SOL = new Asset(AssetId.nativeOf(ChainId.SOLANA), "SOL", 9);
  private static final Asset ETH = new Asset(AssetId.nativeOf(ChainId.BASE), "ETH", 18);
  private static final Asset USDC =
      new Asset(AssetId.token(new Address(ChainId.BASE, "0xUSDC")), "USDC", 6);
  private static final Payee ALICE = payee(ChainId.BASE, "0xAlice");
  private static final Payee HOME = payee(ChainId.OFF_CHAIN, "1 Quay Street");
  private static final Address CONTRACT = new Address(ChainId.BASE, "0xRewards");

  private static Payee payee(ChainId chain, String text) {
    return new Payee(text, new Address(chain, text), Provenance.MANDATE);
  }

  private static void isRefused(Runnable making, String words) {
    assertThatThrownBy(making::run)
        .isInstanceOfSatisfying(
            SupercargoException.class,
            refusal -> {
              assertThat(refusal.category()).isEqualTo(SupercargoException.Category.USER);
              assertThat(refusal.what()).contains(words);
              assertThat(refusal.advice()).isNotBlank();
            });
  }

  private static Amount usdc(String number) {
    return Amount.parse(number, USDC);
  }

  private static Amount eth(String number) {
    return Amount.parse(number, ETH);
  }

  private static Intent.Call call(String function, Amount spends, Amount value) {
    return new Intent.Call(CONTRACT, function, List.of("7"), spends, value);
  }

  private static Intent.Order order(Payee shipTo, String dollars, Intent.Order.Item... items) {
    return new Intent.Order("mill", Arrays.asList(items), shipTo, Amount.parse(dollars, Asset.USD));
  }

  @Test
  void nothing_is_no_amount_to_move() {
    isRefused(() -> new Intent.Transfer(ALICE, usdc("0"), ""), "not a positive amount");
    isRefused(() -> new Intent.Swap(usdc("0"), eth("1"), "v"), "not a positive amount");
    isRefused(() -> new Intent.Swap(usdc("1"), eth("0"), "v"), "not a positive amount");
    isRefused(() -> new Intent.Payment(ALICE, usdc("0"), "api.example.com", "/"), "not a positive");
    isRefused(() -> order(HOME, "0", new Intent.Order.Item("beans", 1)), "not a positive");
    isRefused(() -> new Intent.Transfer(ALICE, Amount.ofBaseUnits(USDC, -1), ""), "not a positive");
  }

  @Test
  void value_goes_to_an_address_of_its_own_chain() {
    isRefused(
        () -> new Intent.Transfer(ALICE, Amount.parse("1", SOL), ""),
        "0xAlice's address is on base, but 1 SOL is on solana");
    isRefused(() -> new Intent.Transfer(HOME, usdc("1"), ""), "but 1 USDC is on base");
    isRefused(
        () -> new Intent.Payment(ALICE, Amount.parse("1", SOL), "api.example.com", "/"),
        "at an address on another chain");
    isRefused(() -> new Intent.Swap(usdc("1"), Amount.parse("1", SOL), "v"), "on different chains");
    isRefused(() -> new Intent.Swap(usdc("1"), usdc("1"), "v"), "changes nothing");
  }

  @Test
  void goods_go_to_a_place_and_not_to_an_account() {
    isRefused(() -> order(ALICE, "5", new Intent.Order.Item("beans", 1)), "no place to ship to");
    isRefused(() -> order(HOME, "5"), "The order is empty");
    isRefused(() -> new Intent.Order.Item("beans", 0), "0 of beans cannot be ordered");
    assertThat(order(HOME, "5", new Intent.Order.Item("beans", 2)).summary())
        .isEqualTo("order 2 beans from mill to 1 Quay Street for at most 5 USD");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"claim", "claim( )", "claim(address to)", "claim(Address)", "1(uint256)", "a()b"})
  void what_is_no_signature_names_no_function(String function) {
    isRefused(() -> call(function, eth("0"), eth("0")), "not the signature of a function");
  }

  @Test
  void a_call_sends_its_own_coin_along_and_that_is_all_it_spends() {
    assertThat(call("deposit(uint256)", eth("1"), eth("1")).spends()).isEqualTo(eth("1"));
    assertThat(call("pull(uint256)", usdc("1"), eth("0")).spends()).isEqualTo(usdc("1"));
    isRefused(() -> call("deposit(uint256)", eth("2"), eth("1")), "sends 1 ETH along");
    isRefused(() -> call("deposit(uint256)", usdc("1"), eth("1")), "sends 1 ETH along");
    isRefused(() -> call("deposit(uint256)", usdc("1"), usdc("1")), "different chains");
    isRefused(() -> call("deposit(uint256)", Amount.parse("1", SOL), eth("0")), "different chains");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "API.example.com",
        "api.example.com:443",
        "https://api.example.com",
        "api.example.com/v1",
        ".example.com",
        "example..com",
        "-a.com",
        "a-.com",
        "аpi.example.com",
        ""
      })
  void a_host_is_written_in_one_way(String host) {
    isRefused(() -> new Intent.Payment(ALICE, usdc("1"), host, "/"), "not the name of a host");
  }

  @Test
  void budgets_by_payee_count_the_address_host_shop_venue_or_contract() {
    assertThat(new Intent.Transfer(ALICE, usdc("1"), "").counterparty()).isEqualTo("0xAlice");
    assertThat(new Intent.Payment(ALICE, usdc("1"), "api.example.com", "/").counterparty())
        .isEqualTo("api.example.com");
    assertThat(order(HOME, "5", new Intent.Order.Item("beans", 1)).counterparty())
        .isEqualTo("mill");
    assertThat(new Intent.Swap(usdc("1"), eth("1"), "uniswap-v3").counterparty())
        .isEqualTo("uniswap-v3");
    assertThat(call("claim()", eth("0"), eth("0")).counterparty()).isEqualTo("0xRewards");
  }

  @Test
  void a_memo_fits_on_a_line() {
    assertThat(new Intent.Transfer(ALICE, usdc("1"), "x".repeat(200)).memo()).hasSize(200);
    isRefused(() -> new Intent.Transfer(ALICE, usdc("1"), "x".repeat(201)), "201 characters");
  }

  @Test
  void only_what_is_put_on_the_chain_by_the_agent_itself_costs_it_fees() {
    assertThat(new Intent.Transfer(ALICE, usdc("1"), "").transactions()).isEqualTo(1);
    assertThat(new Intent.Swap(usdc("1"), eth("1"), "v").transactions()).isEqualTo(2);
    assertThat(call("claim()", eth("0"), eth("0")).transactions()).isEqualTo(1);
    assertThat(new Intent.Payment(ALICE, usdc("1"), "a.b", "/").transactions()).isZero();
    assertThat(order(HOME, "5", new Intent.Order.Item("beans", 1)).transactions()).isZero();
  }

  @Test
  void what_people_decide_about_comes_before_what_is_prepared() {
    assertThat(IntentState.AWAITING.canBecome(IntentState.RESERVED)).isTrue();
    assertThat(IntentState.AWAITING.canBecome(IntentState.EXECUTING)).isFalse();
    assertThat(IntentState.AWAITING.canBecome(IntentState.SETTLED)).isFalse();
    assertThat(IntentState.RESERVED.canBecome(IntentState.AWAITING)).isFalse();
    for (IntentState last : IntentState.values()) {
      for (IntentState next : IntentState.values()) {
        if (last.isFinal()) {
          assertThat(last.canBecome(next)).as("%s to %s", last, next).isFalse();
        }
      }
    }
  }
}
