package org.supercargo.engine.action;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.supercargo.api.SupercargoException;
import org.supercargo.api.action.ActionCall;
import org.supercargo.api.action.Provenance;
import org.supercargo.api.agent.AgentSpec;
import org.supercargo.api.agent.TickLimits;
import org.supercargo.api.asset.ChainId;
import org.supercargo.api.intent.Intent;

final class AdmissionTest {
  private static final TickLimits LIMITS = new TickLimits(24, 3, Duration.ofMinutes(15));

  private final Admission admission = admission(Agents.captain(), "Pay alice.");

  private static Admission admission(AgentSpec spec, String goal) {
    AgentVocabulary vocabulary = Agents.vocabulary(spec);
    return new Admission(
        ActionRegistry.of(List.of(new Counter()), vocabulary), vocabulary, LIMITS, goal);
  }

  private static ActionCall call(String action, String arguments) {
    return new ActionCall("c1", action, arguments);
  }

  private static ActionCall send(String payee, String amount) {
    return call("send", "{\"payee\":\"%s\",\"amount\":\"%s\"}".formatted(payee, amount));
  }

  private static @Nullable Object run(Admission admission, ActionCall call) {
    Admission.Decision decision = admission.admit(call);
    assertThat(decision).as("%s", call).isInstanceOf(Admission.Decision.Admitted.class);
    return ((Admission.Decision.Admitted) decision).invocation().run();
  }

  private @Nullable Object run(ActionCall call) {
    return run(admission, call);
  }

  private static String rejection(Admission admission, ActionCall call) {
    Admission.Decision decision = admission.admit(call);
    assertThat(decision).as("%s", call).isInstanceOf(Admission.Decision.Rejected.class);
    return ((Admission.Decision.Rejected) decision).reason();
  }

  private String rejection(ActionCall call) {
    return rejection(admission, call);
  }

  @Test
  void a_whole_call_becomes_an_intent_on_the_chain_it_names() {
    Object intent =
        run(call("send", "{\"payee\":\"Alice\",\"amount\":\"2.5 USDC\",\"chain\":\"base\"}"));
    assertThat(intent)
        .isInstanceOfSatisfying(
            Intent.Transfer.class,
            transfer -> {
              assertThat(transfer.chain()).isEqualTo(ChainId.BASE);
              assertThat(transfer.amount().baseUnits()).isEqualTo(BigInteger.valueOf(2_500_000));
              assertThat(transfer.payee().name()).isEqualTo("alice");
              assertThat(transfer.payee().address().text()).isEqualTo("base-1-alice");
              assertThat(transfer.payee().provenance()).isEqualTo(Provenance.MANDATE);
            });
  }

  @ParameterizedTest
  @CsvSource({
    "bob, 2.5 USDC, base",
    "alice, 0.1 SOL, solana",
    "alice, 0.1 ETH, base",
    "alice, 5 BONK, solana",
    "base-1-alice, 1 USDC, base",
    "alice, 0.1ETH, base",
    "alice, ' 0.1   eth ', base"
  })
  void the_chain_follows_from_an_asset_or_payee_that_leaves_only_one(
      String payee, String amount, String chain) {
    assertThat(run(send(payee, amount)))
        .isInstanceOfSatisfying(
            Intent.Transfer.class,
            transfer -> assertThat(transfer.chain().name()).isEqualTo(chain));
  }

  @Test
  void a_swap_follows_the_asset_that_is_on_one_chain_only() {
    Object swap = run(call("swap", "{\"sell\":\"10 USDC\",\"minimum\":\"0.004 ETH\"}"));
    assertThat(swap)
        .isInstanceOfSatisfying(
            Intent.Swap.class, intent -> assertThat(intent.chain()).isEqualTo(ChainId.BASE));
  }

  @ParameterizedTest(name = "{0} with {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          fly  | {}                                                  | There is no action "fly". Known: balance, fail, other, send, swap.
          send | {"payee":"alice","amount":"2.5 USDC"}               | It is not clear on which chain alice is to be paid. Say on which chain.
          send | {"payee":"mallory","amount":"1 SOL"}                | "mallory" is not in the address book. Known: alice, bob.
          send | {"payee":"mallory","amount":"1 USDC"}               | "mallory" is not in the address book and no address on a chain of this agent. Known: alice, bob.
          send | {"payee":"bob","amount":"1 SOL"}                    | bob can be paid on base only, and the asset is not there. Name an asset on base.
          send | {"payee":"bob","amount":"1 USDC","chain":"solana"}  | bob has no address on solana in the address book
          send | {"payee":"base-1-alice","amount":"1 SOL","chain":"solana"} | base-1-alice is no address on solana
          send | {"payee":"0xnonsense1","amount":"1 SOL"}            | 0xnonsense1 is no address on solana
          send | {"payee":"alice","amount":"1 DOGE"}                 | The asset "DOGE" is not known to this agent
          send | {"payee":"alice","amount":"1 ETH","chain":"solana"} | ETH is not an asset on solana. ETH is on base.
          send | {"payee":"alice","amount":"1 SOL","chain":"mars"}   | "mars" is not a chain this agent knows
          send | {"payee":"alice","amount":"1e9 SOL"}                | scientific notation is not accepted for money
          send | {"payee":"alice","amount":"1e9SOL"}                 | scientific notation is not accepted for money
          send | {"payee":"alice","amount":"-1 SOL"}                 | it is negative
          send | {"payee":"alice","amount":"-1SOL"}                  | it is negative
          send | {"payee":"alice","amount":"0 SOL"}                  | "0 SOL" is not above zero
          send | {"payee":"alice","amount":"0.000 SOL"}              | is not above zero
          send | {"payee":"alice","amount":"1,5 SOL"}                | a comma could mean
          send | {"payee":"alice","amount":"1.1234567890 SOL"}       | SOL has 9 decimals and this number has 10
          send | {"payee":"bob","amount":"1.123456789 USDC"}         | USDC has 6 decimals and this number has 9
          send | {"payee":"alice","amount":"all my SOL"}             | is not an amount with its asset
          send | {"payee":"alice","amount":"SOL"}                    | is not an amount with its asset
          send | {"payee":"alice","amount":"5"}                      | is not an amount with its asset
          send | {"payee":"alice","amount":5}                        | "amount" of send must be text such as "2.5 USDC", not 5.
          send | {"payee":"alice","amount":{"value":5}}              | "amount" of send must be text
          send | {"payee":"alice","amount":"  "}                     | "amount" of send must be text
          send | {"payee":["alice"],"amount":"1 SOL"}                | "payee" of send must be text
          send | {"payee":"alice"}                                   | send needs "amount": how much.
          send | {"payee":"alice","amount":null}                     | send needs "amount": how much.
          send | {"payee":"alice","amount":"1 SOL","memo":"hi"}      | send has no parameter "memo". Known: payee, amount, chain.
          send | {"payee":"alice","amount":"1 SOL","idempotencyKey":"7"} | send has no parameter "idempotencyKey"
          send | {"payee":"alice","amount":"1 SOL","amount":"2 SOL"} | The arguments are not whole JSON
          send | {"payee":"alice","amount":"1 SO                     | The arguments are not whole JSON
          send | {"payee":"alice","amount":"1 SOL"} {}               | The arguments are not whole JSON
          send | ["alice","1 SOL"]                                   | The arguments of send must be a JSON object.
          send | "alice"                                             | The arguments of send must be a JSON object.
          send | null                                                | The arguments of send must be a JSON object.
          send | ~~                                                  | The arguments of send must be a JSON object.
          other | {"text":"a","count":1.5}                           | "count" of other must be a whole number, not 1.5.
          other | {"text":"a","count":"1"}                           | "count" of other must be a whole number
          other | {"text":"a","count":2147483648}                    | count is out of range: 2147483648
          other | {"text":"a","count":99999999999999999999}          | "count" of other must be a whole number
          other | {"text":"a","count":1,"flag":"yes"}                | "flag" of other must be true or false
          other | {"text":"a","count":1,"speed":"medium"}            | speed cannot be "medium". Use one of slow, fast.
          other | {"text":"a","count":1,"length":"5m"}               | length is not a length of time: "5m". Write PT5M for 5 minutes.
          """)
  void a_call_that_is_not_clear_is_rejected_with_the_reason(
      String action, String arguments, String reason) {
    assertThat(rejection(call(action, arguments))).contains(reason);
  }

  @Test
  void other_arguments_arrive_as_the_types_the_method_declares() {
    assertThat(
            run(
                call(
                    "other",
                    "{\"text\":\"a b\",\"count\":-3,\"flag\":true,\"speed\":\"FAST\",\"length\":\"PT5M\"}")))
        .isEqualTo("a b -3 true FAST PT5M");
    assertThat(run(call("other", "{\"text\":\"a\",\"count\":1,\"flag\":null}")))
        .isEqualTo("a 1 null null null");
  }

  @Test
  void an_address_that_stands_in_the_goal_is_the_owners_and_any_other_the_models() {
    var toldBy = admission(Agents.captain(), "Send 1 SOL to solana-9-carol please");
    assertThat(provenance(run(toldBy, send("solana-9-carol", "1 SOL"))))
        .isEqualTo(Provenance.OWNER);
    assertThat(provenance(run(toldBy, send("solana-9-mallory", "1 SOL"))))
        .isEqualTo(Provenance.MODEL);
    assertThat(provenance(run(toldBy, send("solana-9-car", "1 SOL"))))
        .as("a part of an address in the goal")
        .isEqualTo(Provenance.MODEL);
  }

  @Test
  void an_address_of_the_book_goes_by_the_owners_name_for_it() {
    assertThat(run(send("base-1-bob", "1 USDC")))
        .isInstanceOfSatisfying(
            Intent.Transfer.class,
            transfer -> {
              assertThat(transfer.payee().name()).isEqualTo("bob");
              assertThat(transfer.payee().provenance()).isEqualTo(Provenance.MANDATE);
            });
  }

  private static Provenance provenance(@Nullable Object intent) {
    assertThat(intent).isInstanceOf(Intent.Transfer.class);
    return ((Intent.Transfer) Objects.requireNonNull(intent)).payee().provenance();
  }

  @Test
  void the_same_read_runs_as_often_as_the_limit_says() {
    ActionCall look = call("balance", "{\"asset\":\"SOL\"}");
    for (int time = 1; time <= LIMITS.repeats(); time++) {
      assertThat(run(look)).as("time %s", time).isNotNull();
    }
    assertThat(rejection(look))
        .isEqualTo("balance was asked the same 3 times; use the answer you have.");
    assertThat(run(call("balance", "{\"asset\":\"ETH\"}"))).isNotNull();
  }

  @Test
  void the_same_effect_runs_once_however_it_is_written() {
    run(call("send", "{\"payee\":\"alice\",\"amount\":\"2.5 SOL\",\"chain\":\"solana\"}"));
    for (String again :
        List.of(
            "{\"payee\":\"alice\",\"amount\":\"2.5 SOL\",\"chain\":\"solana\"}",
            "{\"chain\":\"solana\",\"amount\":\"2.5 SOL\",\"payee\":\"alice\"}",
            "{\"payee\":\" Alice \",\"amount\":\"2.50sol\",\"chain\":\"Solana\"}",
            "{\"payee\":\"solana-1-alice\",\"amount\":\"02.5 SOL\",\"chain\":\"solana\"}")) {
      assertThat(rejection(call("send", again)))
          .as("%s", again)
          .startsWith("The same send was asked for already in this run; it runs once.");
    }
    assertThat(run(send("alice", "2.4 SOL"))).isInstanceOf(Intent.Transfer.class);
  }

  @Test
  void a_planner_that_keeps_asking_for_the_same_is_going_in_circles() {
    ActionCall call = send("bob", "1 USDC");
    run(call);
    for (int time = 1; time <= LIMITS.repeats(); time++) {
      assertThat(admission.isGoingInCircles()).as("before refusal %s", time).isFalse();
      rejection(call);
    }
    assertThat(admission.isGoingInCircles()).isTrue();
  }

  @Test
  void a_planner_that_keeps_making_the_same_mistake_is_going_in_circles_too() {
    ActionCall call = send("alice", "1e9 SOL");
    for (int time = 1; time <= 1 + LIMITS.repeats(); time++) {
      assertThat(admission.isGoingInCircles()).as("before refusal %s", time).isFalse();
      rejection(call);
    }
    assertThat(admission.isGoingInCircles()).isTrue();
  }

  @Test
  void an_action_that_fails_says_whose_fault_it_is() {
    fails("politely", SupercargoException.Category.USER, "The shop is closed");
    fails("badly", SupercargoException.Category.BUG, "The action test.fail failed");
    fails("remotely", SupercargoException.Category.EXTERNAL, "no network");
  }

  private void fails(String how, SupercargoException.Category category, String words) {
    assertThatThrownBy(() -> run(call("fail", "{\"how\":\"" + how + "\"}")))
        .isInstanceOfSatisfying(
            SupercargoException.class,
            failure -> {
              assertThat(failure.category()).isEqualTo(category);
              assertThat(failure.what()).contains(words);
            });
  }
}
