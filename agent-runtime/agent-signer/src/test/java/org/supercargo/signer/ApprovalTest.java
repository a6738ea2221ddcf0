package org.supercargo.signer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.supercargo.signer.TestAgent.BOB;
import static org.supercargo.signer.TestAgent.DAY;
import static org.supercargo.signer.TestAgent.START;
import static org.supercargo.signer.TestAgent.allow;
import static org.supercargo.signer.TestAgent.approve;
import static org.supercargo.signer.TestAgent.daily;
import static org.supercargo.signer.TestAgent.fee;
import static org.supercargo.signer.TestAgent.intent;
import static org.supercargo.signer.TestAgent.move;
import static org.supercargo.signer.TestAgent.pay;
import static org.supercargo.signer.TestAgent.request;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.supercargo.api.Bytes;
import org.supercargo.api.action.Provenance;
import org.supercargo.api.agent.AgentSpec;
import org.supercargo.api.intent.Intent;
import org.supercargo.api.intent.IntentId;
import org.supercargo.api.intent.Payee;
import org.supercargo.api.mandate.ApprovalTerms;
import org.supercargo.api.mandate.Condition;
import org.supercargo.api.mandate.Mandate;
import org.supercargo.api.mandate.Rule;
import org.supercargo.api.mandate.SignedApproval;
import org.supercargo.engine.approval.ApprovalDigest;
import org.supercargo.engine.signing.Evidence;
import org.supercargo.engine.signing.SignAnswer;
import org.supercargo.engine.signing.SignAnswer.Refused;
import org.supercargo.engine.signing.SignAnswer.Signed;
import org.supercargo.engine.signing.SignRequest;

/// Payments to bob, which two of three people have to approve an hour before.
class ApprovalTest {
  private static final String RULE = "ask for bob";
  private static final Person ANN = Person.named("ann");
  private static final Person BEN = Person.named("ben");
  private static final Person EVE = Person.named("eve");
  private static final Intent.Transfer FIVE = pay(BOB, "5");

  @TempDir Path temporary;

  private Desk desk;

  @BeforeEach
  void open() {
    desk = new Desk(temporary.resolve("home"), List.of(spec()));
  }

  @AfterEach
  void close() {
    desk.close();
  }

  private static AgentSpec spec() {
    var terms = new ApprovalTerms(Set.of("ann", "ben", "cid"), 2, Duration.ofHours(1), DAY);
    var bob = new Condition.Pays(List.of(new Payee("bob", BOB, Provenance.MANDATE)));
    Rule asking = approve(RULE, terms, bob, daily("12"));
    Rule other = allow("swap", Intent.Kind.SWAP);
    Mandate plain = TestAgent.mandate(List.of(), List.of(asking, other));
    return TestAgent.with(
        TestAgent.spec(),
        new Mandate(
            plain.expires(),
            plain.fees(),
            plain.valuations(),
            null,
            List.of(),
            Map.of(
                "ann",
                ANN.publicKey(),
                "ben",
                BEN.publicKey(),
                "cid",
                Person.named("cid").publicKey()),
            plain.rules()));
  }

  private static Bytes digest(int number, Intent intent) {
    return ApprovalDigest.of(intent(number), intent, RULE);
  }

  private SignAnswer ask(int number, Intent.Transfer transfer, SignedApproval... approvals) {
    Bytes unsigned =
        PlainCodec.transaction(number, fee(desk.wallet()), move(desk.wallet(), transfer));
    SignRequest plain = request(number, 1, transfer, unsigned);
    return desk.sign(
        new SignRequest(
            plain.id(),
            1,
            plain.chain(),
            plain.intent(),
            plain.unsigned(),
            plain.validity(),
            1,
            0,
            new Evidence(
                plain.evidence().simulation(),
                null,
                List.of(),
                Map.of(),
                List.of(approvals),
                List.of())));
  }

  private void assertRefused(SignAnswer answer, String reason) {
    assertThat(answer).isInstanceOf(Refused.class);
    assertThat(((Refused) answer).rule()).isEqualTo(RULE);
    assertThat(((Refused) answer).reason()).contains(reason);
    assertThat(desk.log().signatures()).isZero();
  }

  private static SignedApproval ann(Instant at) {
    return ANN.approves(intent(1), digest(1, FIVE), at);
  }

  private static SignedApproval ben(Instant at) {
    return BEN.approves(intent(1), digest(1, FIVE), at);
  }

  @Test
  void enough_people_long_enough_ago_are_followed_and_kept_in_the_log() {
    SignedApproval first = ann(START);
    SignedApproval second = ben(START.plusSeconds(60));
    desk.advance(Duration.ofMinutes(61));
    assertThat(ask(1, FIVE, first, second)).isInstanceOf(Signed.class);
    assertThat(desk.log().find(intent(1)).getFirst().grounds().approvals())
        .containsExactly(first, second);
  }

  @Test
  void the_delay_begins_with_the_last_approval_that_was_needed() {
    SignedApproval first = ann(START);
    SignedApproval second = ben(START.plusSeconds(60));
    desk.advance(Duration.ofMinutes(61).minusMillis(1));
    assertRefused(ask(1, FIVE, first, second), "the delay until 2027-01-01T01:01:00Z");
  }

  @Test
  void nobody_and_too_few_are_not_enough() {
    desk.advance(DAY);
    assertRefused(ask(1, FIVE), "the approval of 2 of ann, ben, cid");
    assertRefused(ask(1, FIVE, ann(START)), "the approval of 1 of ben, cid");
    assertRefused(ask(1, FIVE, ann(START), ann(START.plusSeconds(1))), "1 of ben, cid");
  }

  @Test
  void a_strangers_word_does_not_count_whatever_name_it_gives() {
    desk.advance(DAY);
    SignedApproval eve = EVE.approves(intent(1), digest(1, FIVE), START);
    assertRefused(ask(1, FIVE, ann(START), eve), "the approval of 1 of ben, cid");
    var posing = new Person("ben", EVE.key());
    assertRefused(
        ask(1, FIVE, ann(START), posing.approves(intent(1), digest(1, FIVE), START)),
        "the approval of 1 of ben, cid");
  }

  @Test
  void a_signature_changed_in_any_bit_does_not_count() {
    desk.advance(DAY);
    SignedApproval good = ben(START);
    for (int bit = 0; bit < 512; bit += 7) {
      byte[] changed = good.signature().toArray();
      changed[bit / 8] ^= (byte) (1 << bit % 8);
      SignedApproval bad =
          new SignedApproval(
              good.intent(), good.digest(), "ben", true, good.at(), Bytes.of(changed));
      assertRefused(ask(1, FIVE, ann(START), bad), "the approval of 1 of ben, cid");
    }
    SignedApproval empty =
        new SignedApproval(good.intent(), good.digest(), "ben", true, good.at(), Bytes.EMPTY);
    assertRefused(ask(1, FIVE, ann(START), empty), "the approval of 1 of ben, cid");
  }

  @Test
  void an_approval_moved_in_time_does_not_count() {
    desk.advance(Duration.ofMinutes(61));
    SignedApproval late = ben(START.plusSeconds(3_000));
    SignedApproval earlier =
        new SignedApproval(late.intent(), late.digest(), "ben", true, START, late.signature());
    assertRefused(ask(1, FIVE, ann(START), earlier), "the approval of 1 of ben, cid");
  }

  @Test
  void an_approval_of_another_proposal_does_not_count() {
    desk.advance(DAY);
    Intent.Transfer six = pay(BOB, "6");
    SignedApproval other = BEN.approves(intent(1), digest(1, six), START);
    assertRefused(ask(1, FIVE, ann(START), other), "the approval of 1 of ben, cid");
    assertRefused(ask(1, six, ann(START), ben(START)), "the approval of 2 of ann, ben, cid");
  }

  @Test
  void an_approval_under_another_rule_does_not_count() {
    desk.advance(DAY);
    Bytes digest = ApprovalDigest.of(intent(1), FIVE, "pay everyone");
    assertRefused(
        ask(1, FIVE, ann(START), BEN.approves(intent(1), digest, START)),
        "the approval of 1 of ben, cid");
  }

  @Test
  void an_approval_of_another_intent_does_not_count_for_this_one() {
    desk.advance(DAY);
    assertRefused(ask(2, FIVE, ann(START), ben(START)), "the approval of 2 of ann, ben, cid");
    IntentId second = intent(2);
    SignedApproval relabelled =
        new SignedApproval(second, digest(2, FIVE), "ben", true, START, ben(START).signature());
    assertRefused(
        ask(2, FIVE, ANN.approves(second, digest(2, FIVE), START), relabelled),
        "the approval of 1 of ben, cid");
  }

  @Test
  void an_approval_from_the_future_does_not_count() {
    desk.advance(DAY);
    SignedApproval ahead = ben(desk.now().plusSeconds(61));
    assertRefused(ask(1, FIVE, ann(START), ahead), "the approval of 1 of ben, cid");
    SignedApproval slightly = ben(desk.now().plusSeconds(59));
    assertRefused(ask(1, FIVE, ann(START), slightly), "the delay until");
  }

  @Test
  void one_veto_ends_it_whoever_else_approves() {
    desk.advance(DAY);
    SignedApproval veto = BEN.rejects(intent(1), digest(1, FIVE), START);
    SignedApproval cid = Person.named("cid").approves(intent(1), digest(1, FIVE), START);
    assertRefused(ask(1, FIVE, ann(START), cid, veto), "rejected by ben");
    SignedApproval strange = EVE.rejects(intent(1), digest(1, FIVE), START);
    assertThat(ask(1, FIVE, ann(START), cid, strange)).isInstanceOf(Signed.class);
  }

  @Test
  void a_veto_turned_into_an_approval_does_not_count() {
    desk.advance(DAY);
    SignedApproval veto = BEN.rejects(intent(1), digest(1, FIVE), START);
    SignedApproval turned =
        new SignedApproval(veto.intent(), veto.digest(), "ben", true, veto.at(), veto.signature());
    assertRefused(ask(1, FIVE, ann(START), turned), "the approval of 1 of ben, cid");
  }

  @Test
  void approved_payments_keep_to_the_rules_budget() {
    desk.advance(Duration.ofHours(2));
    for (int number = 1; number <= 3; number++) {
      SignAnswer answer =
          ask(
              number,
              FIVE,
              ANN.approves(intent(number), digest(number, FIVE), START),
              BEN.approves(intent(number), digest(number, FIVE), START));
      assertThat(answer).isInstanceOf(number < 3 ? Signed.class : Refused.class);
    }
    assertThat(desk.log().signatures()).isEqualTo(2);
  }

  @Test
  void what_the_payee_is_called_does_not_matter_and_its_address_does() {
    desk.advance(DAY);
    var renamed = new Intent.Transfer(new Payee("robert", BOB, Provenance.TOOL), FIVE.amount(), "");
    assertThat(ask(1, renamed, ann(START), ben(START))).isInstanceOf(Signed.class);
  }
}
