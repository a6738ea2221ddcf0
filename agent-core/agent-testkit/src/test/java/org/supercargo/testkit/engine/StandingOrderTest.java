package org.supercargo.testkit.engine;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.supercargo.api.SupercargoException;
import org.supercargo.api.action.Provenance;
import org.supercargo.api.agent.Goal;
import org.supercargo.api.asset.AssetId;
import org.supercargo.api.asset.ChainId;
import org.supercargo.api.chain.PriceSource;
import org.supercargo.api.intent.IntentState;
import org.supercargo.api.journal.JournalEvent;
import org.supercargo.api.journal.JournalEvent.Outcome;
import org.supercargo.api.journal.JournalRecord;
import org.supercargo.api.mandate.Field;
import org.supercargo.api.mandate.Price;
import org.supercargo.engine.AgentRuntime;
import org.supercargo.engine.OrderReport;
import org.supercargo.engine.OrderRound;
import org.supercargo.engine.Replay;
import org.supercargo.engine.Wiring;
import org.supercargo.engine.store.ActedOrder;
import org.supercargo.engine.store.JournalRow;
import org.supercargo.engine.store.StoredIntent;
import org.supercargo.testkit.FakeCodec;
import org.supercargo.testkit.FakeSigner;
import org.supercargo.testkit.ManualClock;
import org.supercargo.testkit.ScriptedFaults;
import org.supercargo.testkit.ScriptedModel;

/// What an owner wants done whenever something holds is done once each time, without a model.
final class StandingOrderTest {
  private static final int MOST_CRASHES = 200;
  private static final Duration DAY = Duration.ofDays(1);
  private static final Duration WEEK = Duration.ofDays(7);

  /// The clock starts a day before the first moment.
  private static final Instant FIRST = ManualClock.START.plus(DAY);

  private static final String WEEKLY =
      """
      orders:
        weekly:
          do: send
          with: {payee: alice, amount: 2 USDC, chain: base}
          every: 7d
          from: %s
      """
          .formatted(FIRST);

  private static final String STOP_LOSS =
      """
      orders:
        stop-loss:
          do: swap
          with: {sell: 25 USDC, minimum: 0.0099 ETH}
          when: {price-of: ETH, in: USDC, chain: base, at-or-below: 2400.5}
      """;

  private Harbour harbour = harbour(WEEKLY);

  private static Harbour harbour(String orders) {
    return new Harbour(Harbour.FILE + orders, new ScriptedFaults(), new ScriptedFaults());
  }

  /// An agent of this process; its model has no script, so whoever asks it anything fails the test.
  private OrderRound look() {
    return look(harbour.wiring(ScriptedModel.inOrder()));
  }

  private OrderRound look(Wiring wiring) {
    try (var runtime = AgentRuntime.open(harbour.file, wiring, Harbour.OWNER)) {
      runtime.reconcile();
      return runtime.runOrders();
    }
  }

  private static OrderReport only(OrderRound round) {
    assertThat(round.orders()).hasSize(1);
    return round.orders().getFirst();
  }

  private static Outcome outcome(OrderReport report) {
    assertThat(report.tick()).as("tick of %s", report).isNotNull();
    return requireNonNull(report.tick()).outcome();
  }

  private String alice() {
    return harbour.balance(Harbour.ALICE_ON_BASE, harbour.asset("USDC", ChainId.BASE)).number();
  }

  private void price(String usdc) {
    harbour.venue.price(
        harbour.amount("1", "ETH", ChainId.BASE), harbour.amount(usdc, "USDC", ChainId.BASE));
  }

  private long ticks() {
    return harbour.store.read(view -> view.lastTick(Harbour.AGENT));
  }

  private Optional<ActedOrder> acted(String order) {
    return harbour.store.read(view -> view.order(Harbour.AGENT, order));
  }

  private Optional<JournalRow> lastRow() {
    return harbour.store.read(view -> view.lastJournalRow(Harbour.AGENT));
  }

  private void until(Instant moment) {
    harbour.clock.advance(Duration.between(harbour.clock.instant(), moment));
  }

  @Test
  void an_order_that_is_not_due_leaves_no_trace() {
    look();
    Optional<JournalRow> before = lastRow();
    OrderRound round = look();
    assertThat(only(round))
        .isEqualTo(new OrderReport("weekly", false, "", "its first moment is " + FIRST, null));
    assertThat(round.next()).isEqualTo(FIRST);
    assertThat(round.watchesPrices()).isFalse();
    assertThat(lastRow()).isEqualTo(before);
    assertThat(ticks()).isZero();
    assertThat(acted("weekly")).isEmpty();
  }

  @Test
  void an_order_with_a_schedule_acts_once_at_each_of_its_moments() {
    until(FIRST.minusNanos(1));
    assertThat(only(look()).due()).isFalse();
    for (int moment = 0; moment < 3; moment++) {
      until(FIRST.plus(WEEK.multipliedBy(moment)));
      OrderRound round = look();
      assertThat(only(round).due()).as("moment %d", moment).isTrue();
      assertThat(outcome(only(round))).isEqualTo(Outcome.DONE);
      assertThat(round.next()).isEqualTo(FIRST.plus(WEEK.multipliedBy(moment + 1L)));
      assertThat(only(look()).due()).as("once more at moment %d", moment).isFalse();
      assertThat(alice()).isEqualTo(String.valueOf(2 * (moment + 1)));
    }
    assertThat(acted("weekly")).contains(new ActedOrder(3, FIRST.plus(WEEK.multipliedBy(2))));
    new Books(harbour, "three weeks").mustBeTrue();
  }

  @Test
  void of_moments_that_passed_while_nothing_ran_only_the_last_counts() {
    until(FIRST.plus(WEEK.multipliedBy(5)).plus(DAY));
    OrderRound round = look();
    assertThat(only(round).reason())
        .isEqualTo("its moment was " + FIRST.plus(WEEK.multipliedBy(5)));
    assertThat(acted("weekly")).contains(new ActedOrder(1, FIRST.plus(WEEK.multipliedBy(5))));
    assertThat(round.next()).isEqualTo(FIRST.plus(WEEK.multipliedBy(6)));
    assertThat(only(look()).due()).isFalse();
    assertThat(alice()).isEqualTo("2");
  }

  @Test
  void the_record_of_an_order_says_what_was_seen_and_that_no_model_was_asked() {
    harbour = harbour(STOP_LOSS);
    price("2400.5");
    look();
    List<JournalEvent> events =
        new Books(harbour, "one order")
            .records().stream()
                .filter(journalled -> journalled.tick() == 1)
                .map(JournalRecord::event)
                .toList();
    assertThat(events.get(0))
        .isEqualTo(
            new JournalEvent.TickStarted(
                "standing order stop-loss: swap, minimum: 0.0099 ETH, sell: 25 USDC",
                harbour.file.digest(),
                "none"));
    assertThat(events.get(1))
        .isEqualTo(
            new JournalEvent.OrderChecked(
                "stop-loss",
                "2400.5 USDC by exchange",
                true,
                "the price is at or below 2400.5 USDC"));
    assertThat(events).noneMatch(JournalEvent.ModelAsked.class::isInstance);
    assertThat(events.getLast())
        .isInstanceOfSatisfying(
            JournalEvent.TickEnded.class,
            ended -> assertThat(ended.text()).startsWith("Standing order stop-loss: "));
  }

  @Test
  void an_order_at_or_below_a_price_acts_at_it_and_not_a_base_unit_above() {
    harbour = harbour(STOP_LOSS);
    price("2400.500001");
    OrderRound round = look();
    assertThat(only(round))
        .isEqualTo(
            new OrderReport(
                "stop-loss",
                false,
                "2400.500001 USDC by exchange",
                "the price is not at or below 2400.5 USDC",
                null));
    assertThat(round.next()).isNull();
    assertThat(round.watchesPrices()).isTrue();
    price("2400.5");
    assertThat(outcome(only(look()))).isEqualTo(Outcome.DONE);
  }

  @Test
  void an_order_at_or_above_a_price_acts_at_it_and_not_a_base_unit_below() {
    harbour = harbour(STOP_LOSS.replace("at-or-below", "at-or-above"));
    price("2400.499999");
    assertThat(only(look()).due()).isFalse();
    price("2400.5");
    assertThat(outcome(only(look()))).isEqualTo(Outcome.DONE);
  }

  @Test
  void an_order_at_a_price_acts_as_often_as_it_may_and_once_at_a_time() {
    harbour = harbour(STOP_LOSS + "    most: 2\n");
    price("2000");
    try (AgentRuntime runtime = harbour.openWithBooks(ScriptedModel.inOrder())) {
      assertThat(only(runtime.runOrders()).due()).isTrue();
      harbour.clock.advance(Duration.ofMillis(1));
      assertThat(only(runtime.runOrders()).due()).isTrue();
      harbour.clock.advance(DAY);
      OrderRound third = runtime.runOrders();
      assertThat(only(third).reason()).isEqualTo("it has acted 2 times, which is all it may");
      assertThat(third.watchesPrices()).isFalse();
    }
    assertThat(ticks()).isEqualTo(2);
  }

  @Test
  void an_order_with_a_schedule_ends_after_as_many_times_as_it_may_act() {
    harbour = harbour(WEEKLY + "    most: 1\n");
    until(FIRST);
    assertThat(look().next()).isNull();
    until(FIRST.plus(WEEK));
    assertThat(only(look()).due()).isFalse();
    assertThat(alice()).isEqualTo("2");
  }

  @Test
  void an_order_does_nothing_from_its_end_on_not_even_what_it_missed() {
    harbour = harbour(WEEKLY + "    until: %s\n".formatted(FIRST.plus(DAY)));
    assertThat(look().next()).isEqualTo(FIRST);
    until(FIRST.plus(DAY));
    OrderRound round = look();
    assertThat(only(round).reason()).isEqualTo("it ended at " + FIRST.plus(DAY));
    assertThat(round.next()).isNull();
    assertThat(alice()).isEqualTo("0");
  }

  @Test
  void an_order_that_acted_is_not_due_again_before_its_end() {
    harbour = harbour(WEEKLY + "    until: %s\n".formatted(FIRST.plus(DAY)));
    until(FIRST);
    assertThat(look().next()).as("the moment after the end").isNull();
    assertThat(alice()).isEqualTo("2");
  }

  @Test
  void an_order_the_mandate_refuses_has_had_its_turn() {
    harbour = harbour(WEEKLY.replace("2 USDC", "11 USDC"));
    until(FIRST);
    OrderReport refused = only(look());
    assertThat(outcome(refused)).isEqualTo(Outcome.REFUSED);
    assertThat(requireNonNull(refused.tick()).text()).contains("11 USDC");
    assertThat(only(look()).due()).isFalse();
    assertThat(acted("weekly")).contains(new ActedOrder(1, FIRST));
    assertThat(alice()).isEqualTo("0");
    new Books(harbour, "a refused order").mustBeTrue();
  }

  @Test
  void an_order_for_an_action_nobody_has_is_refused_and_asks_no_model() {
    harbour = harbour(WEEKLY.replace("do: send", "do: dance"));
    until(FIRST);
    assertThat(outcome(only(look()))).isEqualTo(Outcome.REFUSED);
    new Books(harbour, "an unknown action").replayIsIdentical();
  }

  @Test
  void an_alarm_holds_orders_back_and_costs_none_of_them_its_turn() {
    look();
    harbour.someoneElsePaysFrom(ChainId.BASE);
    until(FIRST);
    OrderRound held = look();
    assertThat(only(held).reason()).startsWith("it waits until the owner has looked at an alarm: ");
    assertThat(held.next()).isEqualTo(FIRST);
    assertThat(acted("weekly")).isEmpty();
    assertThat(ticks()).isZero();
  }

  @Test
  void an_address_and_an_amount_in_an_order_are_the_owners_words() {
    String zoe = FakeCodec.account(ChainId.BASE, "zoe").text();
    harbour = harbour(WEEKLY.replace("payee: alice", "payee: " + zoe));
    until(FIRST);
    assertThat(outcome(only(look()))).as("the mandate pays nobody else").isEqualTo(Outcome.REFUSED);
    assertThat(new Books(harbour, "an address").records())
        .extracting(JournalRecord::event)
        .filteredOn(JournalEvent.IntentProposed.class::isInstance)
        .singleElement()
        .isInstanceOfSatisfying(
            JournalEvent.IntentProposed.class,
            proposed ->
                assertThat(proposed.origins())
                    .containsEntry(Field.PAYEE, Provenance.OWNER)
                    .containsEntry(Field.AMOUNT, Provenance.OWNER));
  }

  @Test
  void orders_are_looked_at_in_the_files_order_and_each_gets_its_turn() {
    harbour = harbour(WEEKLY + STOP_LOSS.replace("orders:\n", ""));
    until(FIRST);
    price("2000");
    assertThat(look().orders())
        .allSatisfy(report -> assertThat(outcome(report)).isEqualTo(Outcome.DONE))
        .extracting(OrderReport::order)
        .containsExactly("weekly", "stop-loss");
    assertThat(ticks()).isEqualTo(2);
    new Books(harbour, "two orders").mustBeTrue();
  }

  // Independent prices

  private static final String ASKS_FOR_PRICES =
      Harbour.FILE.replace("  expires: 2028-01-01\n", "  expires: 2028-01-01\n  quote-age: 5m\n");

  /// Prices as a test sets them; one of an asset it does not know is not known.
  private static final class Board implements PriceSource {
    private final Map<AssetId, Price> prices = new HashMap<>();
    private @Nullable SupercargoException failure;

    @Override
    public Optional<Price> price(AssetId asset) {
      if (failure != null) {
        throw failure;
      }
      return Optional.ofNullable(prices.get(asset));
    }
  }

  private OrderReport lookWith(Board board) {
    Wiring usual = harbour.wiring(ScriptedModel.inOrder());
    return only(
        look(
            new Wiring(
                usual.store(),
                usual.signer(),
                usual.chains(),
                usual.venues(),
                List.of(board),
                usual.plugins(),
                usual.models(),
                usual.addresses(),
                usual.clock(),
                usual.pause(),
                usual.patience(),
                usual.listener())));
  }

  private void says(Board board, String symbol, String usd, Instant at) {
    AssetId asset = harbour.asset(symbol, ChainId.BASE).id();
    board.prices.put(asset, new Price(asset, new BigDecimal(usd), at, "board"));
  }

  @Test
  void a_venue_whose_price_was_pushed_triggers_nothing_while_independent_prices_disagree() {
    harbour = new Harbour(ASKS_FOR_PRICES + STOP_LOSS, new ScriptedFaults(), new ScriptedFaults());
    var board = new Board();
    price("2000");
    says(board, "ETH", "2500", harbour.clock.instant());
    says(board, "USDC", "1", harbour.clock.instant());
    OrderReport report = lookWith(board);
    assertThat(report.due()).isFalse();
    assertThat(report.price())
        .isEqualTo("2000 USDC by exchange, 2500 USD for one ETH and 1 USD for one USDC by board");
    says(board, "ETH", "2400.5", harbour.clock.instant());
    says(board, "USDC", "0.999999999999999999", harbour.clock.instant());
    assertThat(lookWith(board).due()).as("a hair above the limit, undivided").isFalse();
    says(board, "USDC", "1", harbour.clock.instant());
    assertThat(lookWith(board).due()).isTrue();
  }

  @Test
  void a_price_that_is_old_or_cannot_be_read_leaves_the_order_waiting() {
    harbour = new Harbour(ASKS_FOR_PRICES + STOP_LOSS, new ScriptedFaults(), new ScriptedFaults());
    var board = new Board();
    price("2000");
    says(board, "USDC", "1", harbour.clock.instant());
    says(board, "ETH", "2000", harbour.clock.instant().minus(Duration.ofMinutes(6)));
    assertThat(lookWith(board))
        .satisfies(report -> assertThat(report.due()).isFalse())
        .satisfies(report -> assertThat(report.reason()).contains("none older than"));
    says(board, "ETH", "2000", harbour.clock.instant().plus(Duration.ofMinutes(6)));
    assertThat(lookWith(board).due()).as("a price from the future").isFalse();
    says(board, "ETH", "2000", harbour.clock.instant());
    board.failure = SupercargoException.transientFailure("the board is dark", "Wait.", null);
    assertThat(lookWith(board).reason()).contains("the board is dark");
    board.failure = null;
    assertThat(lookWith(board).due()).isTrue();
  }

  @Test
  void a_price_nobody_knows_is_never_reached() {
    harbour = harbour(STOP_LOSS);
    assertThat(only(look()).reason()).isEqualTo("nobody here knows a price of ETH in USDC");
    assertThat(ticks()).isZero();
  }

  // Crashes and the record

  @Test
  void a_process_that_ends_at_any_point_acts_once_for_the_moment() {
    int number = 1;
    for (; number <= MOST_CRASHES; number++) {
      harbour = harbour(WEEKLY + STOP_LOSS.replace("orders:\n", ""));
      price("2000");
      until(FIRST);
      var points = new CrashPoints(number);
      List<AgentRuntime> opened = new ArrayList<>();
      boolean crashed = false;
      try {
        liveOn(points, opened);
      } catch (CrashPoints.SimulatedCrash crash) {
        crashed = true;
        liveOn(new CrashPoints(0), opened);
      }
      opened.forEach(AgentRuntime::close);
      actedOnce("crash " + number + " " + points.crash());
      if (!crashed) {
        break;
      }
    }
    assertThat(number).as("crashes until a run went through").isBetween(40, MOST_CRASHES);
  }

  private void liveOn(CrashPoints points, List<AgentRuntime> opened) {
    AgentRuntime runtime =
        AgentRuntime.open(
            harbour.file, harbour.wiring(ScriptedModel.inOrder(), points), Harbour.OWNER);
    opened.add(runtime);
    runtime.sweep();
    runtime.reconcile();
    runtime.runOrders();
    runtime.runOrders();
  }

  private void actedOnce(String story) {
    assertThat(ticks()).as("%s: ticks", story).isEqualTo(2);
    assertThat(acted("weekly")).as(story).contains(new ActedOrder(1, FIRST));
    assertThat(acted("stop-loss").map(ActedOrder::times)).as(story).contains(1);
    assertThat(alice()).as("%s: what alice received", story).isEqualTo("2");
    assertThat(new Books(harbour, story).intents())
        .as("%s: intents", story)
        .extracting(StoredIntent::state)
        .containsExactly(IntentState.SETTLED, IntentState.SETTLED);
    new Books(harbour, story).mustBeTrue();
  }

  @Test
  void the_tick_of_an_order_that_was_interrupted_is_finished_and_reported() {
    until(FIRST);
    AgentRuntime crashed =
        AgentRuntime.open(
            harbour.file,
            harbour.wiring(ScriptedModel.inOrder(), new CrashPoints("before a signature")),
            Harbour.OWNER);
    crashed.reconcile();
    assertThat(catchThrowable(crashed::runOrders)).isInstanceOf(CrashPoints.SimulatedCrash.class);
    OrderRound round = look();
    assertThat(requireNonNull(round.resumed()))
        .satisfies(tick -> assertThat(tick.outcome()).isEqualTo(Outcome.DONE))
        .satisfies(tick -> assertThat(tick.resumed()).isTrue());
    assertThat(only(round).due()).isFalse();
    assertThat(alice()).isEqualTo("2");
    crashed.close();
  }

  @Test
  void a_goal_that_is_worded_like_an_order_is_planned_by_the_model() {
    until(FIRST);
    String words = "standing order weekly: send, amount: 2 USDC, chain: base, payee: alice";
    var model = ScriptedModel.inOrder(Harbour.answer("I looked and did nothing."));
    try (AgentRuntime runtime = harbour.openWithBooks(model)) {
      assertThat(runtime.run(new Goal(words)).text()).isEqualTo("I looked and did nothing.");
    }
    assertThat(model.requests()).hasSize(1);
    assertThat(alice()).isEqualTo("0");
    assertThat(acted("weekly")).isEmpty();
    look();
    assertThat(alice()).isEqualTo("2");
    new Books(harbour, "a goal and an order of the same words").replayIsIdentical();
  }

  @Test
  void an_interrupted_goal_that_is_worded_like_an_order_goes_on_with_the_model() {
    until(FIRST);
    String words = "standing order weekly: send, amount: 2 USDC, chain: base, payee: alice";
    AgentRuntime crashed =
        AgentRuntime.open(
            harbour.file,
            harbour.wiring(ScriptedModel.inOrder(), new CrashPoints("before a model call")),
            Harbour.OWNER);
    crashed.reconcile();
    assertThat(catchThrowable(() -> crashed.run(new Goal(words))))
        .isInstanceOf(CrashPoints.SimulatedCrash.class);
    var model = ScriptedModel.inOrder(Harbour.answer("I did nothing."));
    try (AgentRuntime runtime = harbour.open(model)) {
      assertThat(runtime.resume().orElseThrow().text()).isEqualTo("I did nothing.");
    }
    assertThat(alice()).isEqualTo("0");
    crashed.close();
  }

  private String replayed(UnaryOperator<List<JournalRow>> change) {
    return new Replay(
            harbour.file,
            harbour.wiring(
                new AlteredStore(harbour.store, change),
                FakeSigner.judging(harbour.clock),
                ScriptedModel.inOrder(),
                new CrashPoints(0)))
        .all()
        .getFirst()
        .difference();
  }

  private static UnaryOperator<List<JournalRow>> changing(String was, String is) {
    return rows ->
        rows.stream()
            .map(row ->
                new JournalRow(
                    row.agent(),
                    row.sequence(),
                    row.tick(),
                    row.at(),
                    row.type(),
                    row.payload().replace(was, is),
                    row.hash()))
            .toList();
  }

  @Test
  void the_tick_of_an_order_replays_to_the_same_decisions_and_a_changed_record_does_not() {
    until(FIRST);
    look();
    assertThat(replayed(rows -> rows)).isEmpty();
    assertThat(replayed(changing("\"order\":\"weekly\"", "\"order\":\"hourly\"")))
        .contains("hourly");
    assertThat(replayed(changing("standing order weekly: send", "standing order weekly: take")))
        .contains("the order's is");
    assertThat(replayed(changing("\"due\":true", "\"due\":false"))).contains("differs");
    assertThat(replayed(changing("2 USDC\\\"", "3 USDC\\\""))).contains("differs");
    assertThat(
            replayed(
                rows -> rows.stream().filter(row -> !row.type().equals("OrderChecked")).toList()))
        .isNotEmpty();
  }
}
