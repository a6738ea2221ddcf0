package org.supercargo.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.supercargo.testkit.store.StoreFixture.EVERY_SCRIPT;
import static org.supercargo.testkit.store.StoreFixture.NOW;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.supercargo.engine.store.AgentStore;
import org.supercargo.engine.store.JournalRow;

/// The journal: in order, without gaps, to the letter.
abstract class JournalRules {
  private StoreFixture on;

  JournalRules() {}

  abstract AgentStore store();

  @BeforeEach
  void lease_a_new_agent() {
    on = new StoreFixture(store());
  }

  @Test
  void an_agent_begins_with_an_empty_journal() {
    assertThat(on.committed.lastJournalRow(on.agent)).isEmpty();
    assertThat(on.committed.journal(on.agent, 0, 10)).isEmpty();
    assertThat(on.committed.journalOfTick(on.agent, 0)).isEmpty();
    assertThat(on.committed.lastTick(on.agent)).isZero();
  }

  @Test
  void rows_come_back_as_they_were_written_oldest_first() {
    on.write(transaction -> StoreFixture.upTo(12).forEach(n -> transaction.append(on.row(n, 1))));
    List<JournalRow> rows = on.committed.journal(on.agent, 0, 100);
    assertThat(rows)
        .containsExactlyElementsOf(StoreFixture.upTo(12).stream().map(n -> on.row(n, 1)).toList());
    assertThat(on.committed.lastJournalRow(on.agent)).contains(on.row(12, 1));
  }

  @Test
  void a_page_starts_after_a_row_and_has_at_most_the_limit() {
    on.write(transaction -> StoreFixture.upTo(12).forEach(n -> transaction.append(on.row(n, 1))));
    assertThat(on.committed.journal(on.agent, 9, 2)).containsExactly(on.row(10, 1), on.row(11, 1));
    assertThat(on.committed.journal(on.agent, 11, 10)).containsExactly(on.row(12, 1));
    assertThat(on.committed.journal(on.agent, 12, 10)).isEmpty();
    assertThat(on.committed.journal(on.agent, 0, 0)).isEmpty();
  }

  @Test
  void a_gap_a_repeat_and_a_wrong_start_are_refused() {
    assertRefused(on.row(2, 0));
    assertRefused(on.row(0, 0));
    on.write(transaction -> transaction.append(on.row(1, 0)));
    assertRefused(on.row(1, 0));
    assertRefused(on.row(3, 0));
    on.write(transaction -> transaction.append(on.row(2, 0)));
    assertThat(on.committed.journal(on.agent, 0, 10)).containsExactly(on.row(1, 0), on.row(2, 0));
  }

  @Test
  void every_agent_counts_its_own_rows() {
    on.write(transaction -> transaction.append(on.row(1, 4)));
    var other = new StoreFixture(on.store);
    other.write(transaction -> transaction.append(other.row(1, 2)));
    assertThat(on.committed.journal(on.agent, 0, 10)).containsExactly(on.row(1, 4));
    assertThat(on.committed.lastTick(other.agent)).isEqualTo(2);
  }

  @Test
  void the_rows_of_a_tick_are_found_and_the_newest_tick_is_known() {
    on.write(transaction -> {
      transaction.append(on.row(1, 9));
      transaction.append(on.row(2, 0));
      transaction.append(on.row(3, 10));
      transaction.append(on.row(4, 9));
      transaction.append(on.row(5, 0));
    });
    assertThat(on.committed.journalOfTick(on.agent, 9)).containsExactly(on.row(1, 9), on.row(4, 9));
    assertThat(on.committed.journalOfTick(on.agent, 0)).containsExactly(on.row(2, 0), on.row(5, 0));
    assertThat(on.committed.journalOfTick(on.agent, 8)).isEmpty();
    assertThat(on.committed.lastTick(on.agent)).isEqualTo(10);
  }

  @Test
  void text_in_any_script_is_kept_to_the_letter() {
    var row = new JournalRow(on.agent, 1, 1, NOW, EVERY_SCRIPT, EVERY_SCRIPT, EVERY_SCRIPT);
    on.write(transaction -> transaction.append(row));
    assertThat(on.committed.lastJournalRow(on.agent)).contains(row);
  }

  @Test
  void a_megabyte_of_text_is_kept() {
    var row = new JournalRow(on.agent, 1, 1, NOW, "Replied", "ü☕".repeat(500_000), "hash");
    on.write(transaction -> transaction.append(row));
    assertThat(on.committed.lastJournalRow(on.agent).orElseThrow().equals(row)).isTrue();
  }

  @Test
  void text_that_databases_cannot_keep_is_refused_instead_of_changed() {
    for (String text : List.of("NUL \u0000", "high half \uD83D", "low half \uDEA2 alone")) {
      var row = new JournalRow(on.agent, 1, 1, NOW, "Replied", text, "hash");
      assertThatThrownBy(() -> on.write(transaction -> transaction.append(row)))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThat(on.committed.lastJournalRow(on.agent)).isEmpty();
  }

  @Test
  void times_are_exact_to_the_nanosecond() {
    List<Instant> times =
        List.of(
            Instant.parse("1969-12-31T23:59:59.999999999Z"),
            Instant.EPOCH,
            Instant.parse("2026-03-29T01:30:00.000000001Z"),
            Instant.parse("2199-12-31T23:59:59.123456789Z"));
    on.write(transaction -> {
      for (int i = 0; i < times.size(); i++) {
        transaction.append(new JournalRow(on.agent, i + 1L, 0, times.get(i), "At", "{}", ""));
      }
    });
    assertThat(on.committed.journal(on.agent, 0, 10))
        .extracting(JournalRow::at)
        .containsExactlyElementsOf(times);
  }

  private void assertRefused(JournalRow row) {
    assertThatThrownBy(() -> on.write(transaction -> transaction.append(row)))
        .as("row %d", row.sequence())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining(on.agent.value());
  }
}
