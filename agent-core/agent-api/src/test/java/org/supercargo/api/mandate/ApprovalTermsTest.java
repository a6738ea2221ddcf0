package org.supercargo.api.mandate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.supercargo.api.Bytes;
import org.supercargo.api.SupercargoException;
import org.supercargo.api.agent.AgentId;
import org.supercargo.api.agent.TickId;
import org.supercargo.api.intent.IntentId;

final class ApprovalTermsTest {
  private static final Instant NOON = Instant.parse("2027-01-01T12:00:00Z");
  private static final Duration TEN = Duration.ofMinutes(10);

  private static ApprovalTerms of(int quorum, Duration delay, String... approvers) {
    return new ApprovalTerms(Set.of(approvers), quorum, delay, Duration.ofHours(24));
  }

  @Test
  void a_quorum_nobody_can_reach_is_refused() {
    assertThatThrownBy(() -> of(3, TEN, "ops", "cfo"))
        .isInstanceOf(SupercargoException.class)
        .hasMessageContaining("3 of 2 approvers");
    assertThatThrownBy(() -> of(0, TEN, "ops", "cfo")).isInstanceOf(SupercargoException.class);
    assertThatThrownBy(() -> of(1, TEN)).isInstanceOf(SupercargoException.class);
  }

  @Test
  void the_delay_runs_from_the_approval_that_made_the_quorum() {
    ApprovalTerms terms = of(2, TEN, "ops", "cfo", "owner");
    var approvals =
        Map.of("ops", NOON.minusSeconds(7200), "cfo", NOON, "owner", NOON.plusSeconds(60));
    assertThat(terms.areMet(approvals, NOON.plus(TEN))).isTrue();
    assertThat(terms.areMet(approvals, NOON.plus(TEN).minusNanos(1))).isFalse();
    assertThat(terms.missing(approvals)).isEqualTo("the delay until 2027-01-01T12:10:00Z");
  }

  @Test
  void people_the_rule_does_not_name_do_not_count() {
    ApprovalTerms terms = of(1, Duration.ZERO, "ops");
    assertThat(terms.areMet(Map.of("cfo", NOON), NOON)).isFalse();
    assertThat(terms.missing(Map.of("cfo", NOON))).isEqualTo("the approval of 1 of ops");
    assertThat(terms.areMet(Map.of("ops", NOON), NOON)).isTrue();
  }

  @Test
  void nobody_has_approved_anything_yet() {
    assertThat(of(2, TEN, "ops", "cfo").areMet(Map.of(), Instant.MAX)).isFalse();
    assertThat(of(2, TEN, "ops", "cfo").missing(Map.of()))
        .isEqualTo("the approval of 2 of cfo, ops");
  }

  @Test
  void each_part_of_an_approval_changes_what_is_signed() {
    var intent = new IntentId(new TickId(new AgentId("captain"), 7), 0);
    Bytes digest = Bytes.of(new byte[] {1, 2, 3});
    Bytes payload = SignedApproval.payload(intent, digest, "ops", true, NOON);
    assertThat(new SignedApproval(intent, digest, "ops", true, NOON, Bytes.EMPTY).payload())
        .isEqualTo(payload);
    assertThat(
            Set.of(
                payload,
                SignedApproval.payload(new IntentId(intent.tick(), 1), digest, "ops", true, NOON),
                SignedApproval.payload(intent, Bytes.EMPTY, "ops", true, NOON),
                SignedApproval.payload(intent, digest, "cfo", true, NOON),
                SignedApproval.payload(intent, digest, "ops", false, NOON),
                SignedApproval.payload(intent, digest, "ops", true, NOON.plusNanos(1))))
        .hasSize(6);
  }
}
