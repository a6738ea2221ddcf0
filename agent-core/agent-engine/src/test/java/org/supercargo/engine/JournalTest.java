package org.supercargo.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.supercargo.api.agent.AgentId;
import org.supercargo.api.asset.Amount;
import org.supercargo.api.asset.Asset;
import org.supercargo.api.journal.JournalEvent;
import org.supercargo.api.journal.JournalRecord;
import org.supercargo.api.model.Effort;
import org.supercargo.api.model.Prompt;
import org.supercargo.engine.json.DomainJson;
import org.supercargo.engine.store.JournalRow;

final class JournalTest {
  private static final AgentId AGENT = new AgentId("captain");
  private static final Instant AT = Instant.parse("2027-01-01T00:00:00.123456789Z");
  private static final int LONG = 1_203;

  private final Rows rows = new Rows();
  private final List<JournalRecord> heard = new ArrayList<>();
  private final Journal journal =
      new Journal(new DomainJson(), InstantSource.fixed(AT), heard::add);

  @BeforeEach
  void someEvents() {
    append(1, new JournalEvent.TickStarted("pay älice", "ab12", "offline"));
    append(1, asked("cd34"));
    append(1, new JournalEvent.TickEnded(JournalEvent.Outcome.DONE, "done"));
    append(2, new JournalEvent.TickStarted("again", "ab12", "offline"));
  }

  private void append(long tick, JournalEvent event) {
    journal.append(rows, AGENT, tick, event);
  }

  private static JournalEvent asked(String digest) {
    return new JournalEvent.ModelAsked(
        "offline",
        Effort.DEFAULT,
        0,
        "the only one",
        Amount.zero(Asset.USD),
        2_000,
        new Prompt(digest, 0, List.of(), null));
  }

  private Journal.Verification verify() {
    return journal.verify(rows, AGENT);
  }

  private void isBrokenAt(long sequence, String story) {
    assertThat(verify().broken())
        .as(story)
        .map(Journal.Break::sequence)
        .isEqualTo(Optional.of(sequence));
  }

  @Test
  void a_journal_nobody_touched_hangs_together() {
    assertThat(verify())
        .isEqualTo(new Journal.Verification(4, rows.rows.getLast().hash(), Optional.empty()));
    assertThat(journal.records(rows, AGENT)).isEqualTo(heard);
  }

  @Test
  void an_empty_journal_hangs_together_and_its_head_is_the_beginning() {
    rows.rows.clear();
    assertThat(verify()).isEqualTo(new Journal.Verification(0, "0".repeat(64), Optional.empty()));
  }

  @Test
  void times_are_kept_to_the_millisecond_that_every_store_can_hold() {
    assertThat(rows.rows)
        .extracting(JournalRow::at)
        .containsOnly(Instant.parse("2027-01-01T00:00:00.123Z"));
  }

  @Test
  void any_changed_character_of_any_row_is_found_at_its_row() {
    for (int index = 0; index < rows.rows.size(); index++) {
      JournalRow row = rows.rows.get(index);
      for (int at = 0; at < row.payload().length(); at++) {
        tampered(index, with(row, row.type(), flip(row.payload(), at), row.hash()));
      }
      for (int at = 0; at < row.type().length(); at++) {
        tampered(index, with(row, flip(row.type(), at), row.payload(), row.hash()));
      }
      for (int at = 0; at < row.hash().length(); at++) {
        tampered(index, with(row, row.type(), row.payload(), flip(row.hash(), at)));
      }
    }
  }

  @Test
  void a_changed_tick_time_or_number_is_found_at_its_row() {
    for (int index = 0; index < rows.rows.size(); index++) {
      JournalRow row = rows.rows.get(index);
      tampered(
          index,
          new JournalRow(
              AGENT,
              row.sequence(),
              row.tick() + 1,
              row.at(),
              row.type(),
              row.payload(),
              row.hash()));
      tampered(
          index,
          new JournalRow(
              AGENT,
              row.sequence(),
              row.tick(),
              row.at().plusMillis(1),
              row.type(),
              row.payload(),
              row.hash()));
      tampered(
          index,
          new JournalRow(
              AGENT,
              row.sequence() + 9,
              row.tick(),
              row.at(),
              row.type(),
              row.payload(),
              row.hash()));
    }
  }

  private static JournalRow with(JournalRow row, String type, String payload, String hash) {
    return new JournalRow(AGENT, row.sequence(), row.tick(), row.at(), type, payload, hash);
  }

  private static String flip(String text, int at) {
    var flipped = new StringBuilder(text);
    flipped.setCharAt(at, (char) (text.charAt(at) ^ 1));
    return flipped.toString();
  }

  private void tampered(int index, JournalRow changed) {
    JournalRow original = rows.rows.set(index, changed);
    isBrokenAt(index + 1L, "after row " + (index + 1) + " became " + changed);
    rows.rows.set(index, original);
  }

  @Test
  void a_removed_row_is_found_where_it_was() {
    for (int index = 0; index < rows.rows.size() - 1; index++) {
      JournalRow gone = rows.rows.remove(index);
      isBrokenAt(index + 1L, "without row " + (index + 1));
      rows.rows.add(index, gone);
    }
  }

  @Test
  void a_removed_row_whose_gap_was_closed_is_found_too() {
    List<JournalRow> original = List.copyOf(rows.rows);
    rows.rows.remove(1);
    renumber(row -> row);
    isBrokenAt(2, "after row 2 was cut out and the rest moved up");
    rows.rows.clear();
    rows.rows.addAll(original);
  }

  @Test
  void an_inserted_row_is_found_even_with_a_hash_of_its_own() {
    var forger = new Rows();
    forger.rows.add(rows.rows.getFirst());
    journal.append(
        forger, AGENT, 1, new JournalEvent.TickEnded(JournalEvent.Outcome.DONE, "forged"));
    rows.rows.add(1, forger.rows.getLast());
    renumber(row -> row);
    assertThat(verify().broken()).as("after a row was forged in").isPresent();
    assertThat(verify().broken().orElseThrow().sequence()).isGreaterThanOrEqualTo(3);
  }

  @Test
  void two_rows_that_changed_places_are_found() {
    JournalRow second = rows.rows.get(1);
    rows.rows.set(1, rows.rows.get(2));
    rows.rows.set(2, second);
    renumber(row -> row);
    isBrokenAt(2, "after rows 2 and 3 changed places");
  }

  private void renumber(UnaryOperator<JournalRow> change) {
    for (int index = 0; index < rows.rows.size(); index++) {
      JournalRow row = rows.rows.get(index);
      rows.rows.set(
          index,
          change.apply(
              new JournalRow(
                  AGENT, index + 1L, row.tick(), row.at(), row.type(), row.payload(), row.hash())));
    }
  }

  @Test
  void a_journal_that_was_cut_short_shows_in_its_head() {
    String head = verify().head();
    rows.rows.removeLast();
    assertThat(verify().broken()).isEmpty();
    assertThat(verify().head()).isNotEqualTo(head);
  }

  @Test
  void the_same_rows_are_no_journal_of_another_agent() {
    assertThat(journal.verify(rows, new AgentId("other")).broken())
        .map(Journal.Break::sequence)
        .contains(1L);
  }

  @Test
  void a_journal_longer_than_a_page_is_read_and_verified_as_a_whole() {
    for (int count = rows.rows.size(); count < LONG; count++) {
      append(2, asked("cd" + count));
    }
    assertThat(verify().records()).isEqualTo(LONG);
    assertThat(journal.records(rows, AGENT)).hasSize(LONG);
    JournalRow last = rows.rows.getLast();
    tampered(LONG - 1, with(last, last.type(), last.payload() + " ", last.hash()));
  }
}
