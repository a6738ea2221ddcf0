package org.supercargo.signer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.supercargo.signer.Desk.asked;
import static org.supercargo.signer.Desk.known;
import static org.supercargo.signer.TestAgent.ID;
import static org.supercargo.signer.TestAgent.payment;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.supercargo.api.SupercargoException;
import org.supercargo.api.agent.AgentId;
import org.supercargo.api.asset.Address;
import org.supercargo.engine.signing.SignAnswer;
import org.supercargo.engine.signing.SignAnswer.Cause;
import org.supercargo.engine.signing.SignAnswer.Halted;
import org.supercargo.engine.signing.SignAnswer.Refused;
import org.supercargo.engine.signing.SignAnswer.Signed;
import org.supercargo.engine.signing.SignRequest;
import org.supercargo.engine.signing.Standing;

class HaltedTest {
  @TempDir Path temporary;

  private Desk desk;
  private Address wallet;

  @BeforeEach
  void open() {
    desk = new Desk(temporary.resolve("home"));
    wallet = desk.wallet();
  }

  @AfterEach
  void close() {
    desk.close();
  }

  private SignAnswer sign(SignRequest request, long known) {
    return desk.service().sign(known(request, known));
  }

  private void assertHalted(SignAnswer answer, Cause cause, String text) {
    assertThat(answer).isInstanceOf(Halted.class);
    Halted halted = (Halted) answer;
    assertThat(halted.cause()).isEqualTo(cause);
    assertThat(halted.reason() + ". " + halted.advice()).contains(text);
  }

  @Test
  void the_first_signature_needs_empty_books() {
    assertThat(sign(payment(1, 1, wallet, "5"), 0)).isInstanceOf(Signed.class);
    assertThat(sign(payment(2, 2, wallet, "5"), 1)).isInstanceOf(Signed.class);
  }

  @Test
  void books_that_were_put_back_are_told_to_recover_and_nothing_is_decided() {
    sign(payment(1, 1, wallet, "5"), 0);
    sign(payment(2, 2, wallet, "5"), 1);
    SignRequest next = payment(3, 3, wallet, "5");
    assertHalted(sign(next, 0), Cause.BOOKS_BEHIND, "has given 2 signatures");
    assertHalted(sign(next, 1), Cause.BOOKS_BEHIND, "./supercargo recover treasurer");
    assertThat(desk.log().signatures()).isEqualTo(2);
    assertThat(sign(next, 2)).as("after they have recovered").isInstanceOf(Signed.class);
  }

  @Test
  void what_the_mandate_forbids_is_halted_too_while_the_books_are_behind() {
    sign(payment(1, 1, wallet, "5"), 0);
    SignRequest tooMuch = payment(2, 2, wallet, "26");
    assertHalted(sign(tooMuch, 0), Cause.BOOKS_BEHIND, "hold 0");
    assertThat(sign(tooMuch, 1)).isInstanceOf(Refused.class);
  }

  @Test
  void an_engine_that_died_before_it_stored_a_signature_gets_it_again_and_nothing_else() {
    SignRequest first = payment(1, 1, wallet, "5");
    SignAnswer signed = sign(first, 0);
    // The books still hold none.
    assertHalted(sign(payment(2, 2, wallet, "5"), 0), Cause.BOOKS_BEHIND, "hold 0");
    assertThat(sign(first, 0)).isEqualTo(signed);
    assertThat(sign(payment(2, 2, wallet, "5"), 1)).isInstanceOf(Signed.class);
  }

  @Test
  void a_repeated_request_gets_its_signature_whatever_the_books_hold() {
    SignRequest first = payment(1, 1, wallet, "5");
    SignAnswer signed = sign(first, 0);
    sign(payment(2, 2, wallet, "5"), 1);
    for (long books : new long[] {0, 1, 2, 3, 1_000}) {
      assertThat(sign(first, books)).as("books hold %s", books).isEqualTo(signed);
    }
  }

  @Test
  void other_bytes_for_an_attempt_are_halted_while_the_books_are_behind_and_then_refused() {
    sign(payment(1, 1, wallet, "5"), 0);
    SignRequest other = payment(1, 7, wallet, "5");
    assertHalted(sign(other, 0), Cause.BOOKS_BEHIND, "recover");
    SignAnswer refused = sign(other, 1);
    assertThat(refused).isInstanceOf(Refused.class);
    assertThat(((Refused) refused).rule()).isEqualTo("one signature per attempt");
  }

  @Test
  void a_log_that_lost_signatures_is_told_from_the_books() throws Exception {
    sign(payment(1, 1, wallet, "5"), 0);
    byte[] older = Files.readAllBytes(log());
    sign(payment(2, 2, wallet, "25"), 1);
    desk.close();
    Files.write(log(), older);
    // One who puts the log back may put its head back as well.
    Files.delete(desk.home().resolve("signatures.head"));
    desk.restart();
    assertHalted(
        sign(payment(3, 3, wallet, "25"), 2), Cause.LOG_BEHIND, "its books hold 2. The signer's");
    assertHalted(sign(payment(2, 2, wallet, "25"), 2), Cause.LOG_BEHIND, "recover treasurer");
  }

  private Path log() {
    return desk.home().resolve("signatures.log");
  }

  @Test
  void an_older_lease_is_turned_away_once_a_newer_one_was_seen() {
    assertThat(desk.service().enter(ID, 4)).isEqualTo(new Standing(0, 0));
    SignRequest first = payment(1, 1, wallet, "5");
    assertHalted(
        desk.service().sign(asked(first, 3, 0)), Cause.FENCED, "lease 3 of treasurer was taken");
    assertThat(desk.service().sign(asked(first, 4, 0))).isInstanceOf(Signed.class);
    assertThat(desk.service().sign(asked(payment(2, 2, wallet, "5"), 6, 1)))
        .as("a newer one needs no announcement")
        .isInstanceOf(Signed.class);
    assertHalted(desk.service().sign(asked(first, 5, 2)), Cause.FENCED, "taken over by lease 6");
    assertThat(desk.service().enter(ID, 5)).isEqualTo(new Standing(6, 2));
    assertThat(desk.service().enter(ID, 7)).isEqualTo(new Standing(6, 2));
    assertThat(desk.service().enter(ID, 8)).isEqualTo(new Standing(7, 2));
  }

  @Test
  void fences_of_signatures_outlast_a_restart() {
    desk.service().sign(asked(payment(1, 1, wallet, "5"), 9, 0));
    desk.service().enter(ID, 12);
    desk.restart();
    assertHalted(
        desk.service().sign(asked(payment(2, 2, wallet, "5"), 8, 1)), Cause.FENCED, "lease 9");
    assertThat(desk.service().enter(ID, 10)).isEqualTo(new Standing(9, 1));
  }

  @Test
  void leases_are_kept_apart_by_agent() {
    var other = new AgentId("other");
    desk.restart(java.util.List.of(TestAgent.spec(), TestAgent.spec(other, "main")));
    desk.service().enter(other, 50);
    assertThat(desk.service().sign(asked(payment(1, 1, wallet, "5"), 1, 0)))
        .isInstanceOf(Signed.class);
  }

  @Test
  void an_agent_it_has_no_file_of_cannot_enter() {
    assertThatThrownBy(() -> desk.service().enter(new AgentId("stranger"), 1))
        .isInstanceOf(SupercargoException.class)
        .hasMessageContaining("no file of the agent stranger");
  }

  @Test
  void a_stop_comes_before_everything_else() {
    SignRequest first = payment(1, 1, wallet, "5");
    SignAnswer signed = sign(first, 0);
    desk.service().enter(ID, 5);
    desk.stops().engage(Optional.of(ID), "alice", "looks odd");
    SignRequest current = asked(first, 5, 1);
    assertHalted(
        desk.service().sign(current),
        Cause.STOPPED,
        "treasurer was stopped by alice at 2027-01-01T00:00:00Z: looks odd");
    assertHalted(desk.service().sign(asked(first, 1, 0)), Cause.STOPPED, "looks odd");
    assertHalted(sign(payment(2, 2, wallet, "26"), 0), Cause.STOPPED, "looks odd");
    desk.stops().release(Optional.of(ID));
    assertThat(desk.service().sign(current)).isEqualTo(signed);
  }

  @Test
  void a_fenced_engine_gets_no_repetition() {
    SignRequest first = payment(1, 1, wallet, "5");
    sign(first, 0);
    desk.service().enter(ID, 2);
    assertHalted(sign(first, 0), Cause.FENCED, "lease 1");
  }
}
