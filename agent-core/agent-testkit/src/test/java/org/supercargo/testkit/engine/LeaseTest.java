package org.supercargo.testkit.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.supercargo.api.SupercargoException;
import org.supercargo.api.agent.AgentId;
import org.supercargo.api.agent.Goal;
import org.supercargo.api.asset.Address;
import org.supercargo.api.asset.ChainId;
import org.supercargo.api.model.ChatReply;
import org.supercargo.api.model.ChatRequest;
import org.supercargo.engine.AgentRuntime;
import org.supercargo.engine.Wiring;
import org.supercargo.engine.signing.GivenSignature;
import org.supercargo.engine.signing.SignAnswer;
import org.supercargo.engine.signing.SignRequest;
import org.supercargo.engine.signing.Signer;
import org.supercargo.engine.signing.Standing;
import org.supercargo.engine.store.JournalRow;
import org.supercargo.engine.store.StaleLeaseException;
import org.supercargo.testkit.ScriptedFaults;
import org.supercargo.testkit.ScriptedModel;

/// Two processes that both believe they run the agent.
final class LeaseTest {
  private static final Goal GOAL = new Goal("Pay bob.");

  private final Harbour harbour = new Harbour(new ScriptedFaults(), new ScriptedFaults());

  private static ScriptedModel payBob() {
    return ScriptedModel.byTurn(
        Harbour.calls(Harbour.send("1", "bob", "1 USDC", "base")), Harbour.answer("Paid."));
  }

  private AgentRuntime open(String owner, ScriptedModel model) {
    return AgentRuntime.open(harbour.file, harbour.wiring(model), owner);
  }

  private List<JournalRow> journal() {
    return harbour.store.read(view -> view.journal(Harbour.AGENT, 0, 10_000));
  }

  private void onlyOnePayment() {
    assertThat(harbour.balance(Harbour.BOB_ON_BASE, harbour.asset("USDC", ChainId.BASE)).number())
        .as("what bob received")
        .isEqualTo("1");
  }

  @Test
  void a_second_process_waits_while_the_first_has_the_agent() {
    try (AgentRuntime first = open("first", payBob())) {
      assertThatThrownBy(() -> open("second", payBob()))
          .isInstanceOfSatisfying(
              SupercargoException.class,
              refusal -> {
                assertThat(refusal.category()).isEqualTo(SupercargoException.Category.TRANSIENT);
                assertThat(refusal.what()).isEqualTo("Another process is running agent captain");
              });
      assertThat(first.wallets()).hasSize(2);
    }
    open("second", payBob()).close();
  }

  @Test
  void a_process_that_was_forgotten_writes_nothing_more() {
    AgentRuntime stale = open("first", payBob());
    stale.reconcile();
    harbour.clock.advance(Duration.ofSeconds(16));
    AgentRuntime current = open("second", payBob());
    List<JournalRow> before = journal();

    assertThatThrownBy(() -> stale.run(GOAL)).isInstanceOf(StaleLeaseException.class);
    assertThatThrownBy(stale::reconcile).isInstanceOf(StaleLeaseException.class);
    assertThat(journal()).isEqualTo(before);
    assertThat(harbour.signer.signatures()).isZero();
    assertThat(harbour.base.landed()).isEmpty();

    current.run(GOAL);
    stale.close();
    assertThatThrownBy(() -> open("third", payBob()))
        .as("closing the stale one does not free the agent")
        .isInstanceOf(SupercargoException.class);
    current.close();
    onlyOnePayment();
    new Books(harbour, "two processes").mustBeTrue();
  }

  @Test
  void a_process_that_loses_the_agent_while_the_model_thinks_stops_there() {
    List<AgentRuntime> opened = new ArrayList<>();
    List<Function<ChatRequest, ChatReply>> slow =
        List.of(_ -> {
          harbour.clock.advance(Duration.ofMinutes(1));
          opened.add(open("second", payBob()));
          return Harbour.calls(Harbour.send("1", "bob", "1 USDC", "base"));
        });
    AgentRuntime stale = open("first", ScriptedModel.answering(slow));
    stale.reconcile();
    assertThatThrownBy(() -> stale.run(GOAL)).isInstanceOf(StaleLeaseException.class);
    AgentRuntime current = opened.getFirst();
    assertThat(current.resume()).as("the tick it took over").isPresent();
    stale.close();
    current.close();
    onlyOnePayment();
    new Books(harbour, "taken over while the model thought").mustBeTrue();
  }

  @Test
  void a_process_that_loses_the_agent_at_the_signer_sends_nothing() {
    List<AgentRuntime> opened = new ArrayList<>();
    Signer slow =
        new Signer() {
          @Override
          public Map<ChainId, Address> wallets(AgentId agent) {
            return harbour.signer.wallets(agent);
          }

          @Override
          public Standing enter(AgentId agent, long fence) {
            return harbour.signer.enter(agent, fence);
          }

          @Override
          public List<GivenSignature> history(AgentId agent, long after, int limit) {
            return harbour.signer.history(agent, after, limit);
          }

          @Override
          public SignAnswer sign(SignRequest request) {
            SignAnswer answer = harbour.signer.sign(request);
            harbour.clock.advance(Duration.ofMinutes(1));
            opened.add(open("second", payBob()));
            return answer;
          }
        };
    AgentRuntime stale =
        AgentRuntime.open(
            harbour.file,
            harbour.wiring(harbour.store, slow, payBob(), new CrashPoints(0)),
            "first");
    stale.reconcile();
    assertThatThrownBy(() -> stale.run(GOAL)).isInstanceOf(StaleLeaseException.class);
    assertThat(harbour.base.landed()).as("sent by the stale process").isEmpty();
    AgentRuntime current = opened.getFirst();
    assertThat(current.sweep()).singleElement().asString().startsWith("Settled");
    assertThat(current.resume()).isPresent();
    stale.close();
    current.close();
    assertThat(harbour.signer.signatures()).as("signatures for one payment").isEqualTo(1);
    onlyOnePayment();
    new Books(harbour, "taken over at the signer").mustBeTrue();
  }

  @Test
  void a_process_that_was_forgotten_is_turned_away_by_the_signer() {
    List<AgentRuntime> opened = new ArrayList<>();
    List<SignAnswer> answers = new ArrayList<>();
    Signer slow =
        new Signer() {
          @Override
          public Map<ChainId, Address> wallets(AgentId agent) {
            return harbour.signer.wallets(agent);
          }

          @Override
          public Standing enter(AgentId agent, long fence) {
            return harbour.signer.enter(agent, fence);
          }

          @Override
          public List<GivenSignature> history(AgentId agent, long after, int limit) {
            return harbour.signer.history(agent, after, limit);
          }

          @Override
          public SignAnswer sign(SignRequest request) {
            harbour.clock.advance(Duration.ofMinutes(1));
            opened.add(open("second", payBob()));
            SignAnswer answer = harbour.signer.sign(request);
            answers.add(answer);
            return answer;
          }
        };
    AgentRuntime stale =
        AgentRuntime.open(
            harbour.file,
            harbour.wiring(harbour.store, slow, payBob(), new CrashPoints(0)),
            "first");
    stale.reconcile();
    assertThatThrownBy(() -> stale.run(GOAL)).isInstanceOf(StaleLeaseException.class);
    assertThat(answers)
        .singleElement()
        .isInstanceOfSatisfying(
            SignAnswer.Halted.class,
            halted -> assertThat(halted.cause()).isEqualTo(SignAnswer.Cause.FENCED));
    assertThat(harbour.signer.signatures()).isZero();
    AgentRuntime current = opened.getFirst();
    assertThat(current.sweep()).singleElement().asString().startsWith("Settled");
    current.resume();
    stale.close();
    current.close();
    onlyOnePayment();
    new Books(harbour, "turned away by the signer").mustBeTrue();
  }

  @Test
  void a_store_that_was_put_back_gives_a_fence_above_all_the_signer_has_seen() {
    for (int lease = 0; lease < 3; lease++) {
      open("first", payBob()).close();
    }
    int early = harbour.store.position();
    AgentRuntime before = open("second", payBob());
    before.reconcile();
    harbour.store.rewind(early - 6);
    harbour.clock.advance(Duration.ofMinutes(1));
    AgentRuntime after = open("second", payBob());
    assertThatThrownBy(() -> before.run(GOAL))
        .as("the process that ran while the store was put back")
        .isInstanceOf(StaleLeaseException.class);
    after.reconcile();
    assertThat(after.run(GOAL).text()).isEqualTo("Paid.");
    before.close();
    after.close();
    onlyOnePayment();
    new Books(harbour, "put back").mustBeTrue();
  }

  @Test
  void a_signer_that_is_down_at_the_start_leaves_the_agent_free() {
    Signer down =
        new Signer() {
          @Override
          public Map<ChainId, Address> wallets(AgentId agent) {
            throw down();
          }

          @Override
          public Standing enter(AgentId agent, long fence) {
            throw down();
          }

          @Override
          public List<GivenSignature> history(AgentId agent, long after, int limit) {
            throw down();
          }

          private SupercargoException down() {
            return SupercargoException.transientFailure("The signer is down", "Start it.", null);
          }

          @Override
          public SignAnswer sign(SignRequest request) {
            throw new AssertionError("nothing to sign");
          }
        };
    Wiring wiring = harbour.wiring(harbour.store, down, payBob(), new CrashPoints(0));
    assertThatThrownBy(() -> AgentRuntime.open(harbour.file, wiring, "first"))
        .hasMessage("The signer is down");
    open("second", payBob()).close();
  }
}
