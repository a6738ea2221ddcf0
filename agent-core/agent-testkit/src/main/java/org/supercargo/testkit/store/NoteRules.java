package org.supercargo.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.supercargo.engine.store.StoreTransaction.MOST_NOTES;
import static org.supercargo.testkit.store.StoreFixture.EVERY_SCRIPT;
import static org.supercargo.testkit.store.StoreFixture.MINUTE;
import static org.supercargo.testkit.store.StoreFixture.NOW;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.supercargo.api.action.Provenance;
import org.supercargo.api.memory.MemoryNote;
import org.supercargo.engine.store.AgentStore;
import org.supercargo.engine.store.Lease;
import org.supercargo.engine.store.StaleLeaseException;

/// What an agent noted for later runs: as it was written, newest first, and not without end.
abstract class NoteRules {
  private StoreFixture on;

  NoteRules() {}

  abstract AgentStore store();

  @BeforeEach
  void lease_a_new_agent() {
    on = new StoreFixture(store());
  }

  private static MemoryNote note(String text) {
    return new MemoryNote(text, Provenance.MODEL, 1, NOW);
  }

  private void remember(MemoryNote... notes) {
    on.write(transaction -> Arrays.asList(notes).forEach(transaction::remember));
  }

  private void rememberUpTo(int last) {
    on.write(transaction ->
        IntStream.rangeClosed(1, last).forEach(n -> transaction.remember(note("note " + n))));
  }

  private List<String> texts(int limit) {
    return on.committed.notes(on.agent, limit).stream().map(MemoryNote::text).toList();
  }

  @Test
  void an_agent_begins_without_notes() {
    assertThat(on.committed.notes(on.agent, 10)).isEmpty();
    assertThat(on.committed.notes(StoreFixture.newAgent(), 10)).isEmpty();
  }

  @Test
  void notes_come_back_as_they_were_written() {
    var longest = new MemoryNote("\u6728".repeat(MemoryNote.LONGEST), Provenance.OWNER, 1, NOW);
    var script = new MemoryNote(EVERY_SCRIPT, Provenance.TOOL, Long.MAX_VALUE, NOW.plusNanos(1));
    remember(longest, script);
    assertThat(on.committed.notes(on.agent, 10)).containsExactly(script, longest);
  }

  @Test
  void every_source_a_note_can_have_is_kept() {
    for (Provenance source : Provenance.values()) {
      remember(new MemoryNote("from " + source, source, 1, NOW));
      assertThat(on.committed.notes(on.agent, 1))
          .containsExactly(new MemoryNote("from " + source, source, 1, NOW));
    }
  }

  @Test
  void the_newest_is_the_one_written_last_whatever_time_it_carries() {
    var late = new MemoryNote("late", Provenance.MODEL, 9, NOW.plusSeconds(100));
    var early = new MemoryNote("early", Provenance.MODEL, 2, NOW.minusSeconds(100));
    remember(late);
    remember(early);
    assertThat(on.committed.notes(on.agent, 10)).containsExactly(early, late);
  }

  @Test
  void no_more_notes_are_given_than_were_asked_for() {
    rememberUpTo(3);
    assertThat(texts(0)).isEmpty();
    assertThat(texts(2)).containsExactly("note 3", "note 2");
    assertThat(texts(Integer.MAX_VALUE)).containsExactly("note 3", "note 2", "note 1");
    assertThatThrownBy(() -> texts(-1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("-1");
  }

  @Test
  void a_note_that_says_what_another_one_says_is_kept_too() {
    remember(note("same"), note("same"));
    remember(note("same"));
    assertThat(texts(10)).containsExactly("same", "same", "same");
  }

  @Test
  void an_agent_keeps_a_thousand_notes_and_the_oldest_fall_off() {
    rememberUpTo(MOST_NOTES);
    assertThat(texts(MOST_NOTES + 1)).hasSize(1_000).endsWith("note 2", "note 1");
    remember(note("one more"));
    assertThat(texts(MOST_NOTES + 1))
        .hasSize(1_000)
        .startsWith("one more", "note 1000")
        .endsWith("note 3", "note 2");
    remember(note("and two"), note("in one transaction"));
    assertThat(texts(MOST_NOTES + 1)).hasSize(1_000).endsWith("note 5", "note 4");
  }

  @Test
  void a_note_that_fell_off_is_back_when_the_transaction_fails() {
    rememberUpTo(MOST_NOTES);
    assertThatThrownBy(() ->
            on.write(transaction -> {
              transaction.remember(note("one more"));
              assertThat(transaction.notes(on.agent, 1_001)).hasSize(1_000);
              assertThat(transaction.notes(on.agent, 1)).containsExactly(note("one more"));
              throw new IllegalStateException("the work failed");
            }))
        .hasMessage("the work failed");
    assertThat(texts(1_001)).hasSize(1_000).startsWith("note 1000").endsWith("note 1");
  }

  @Test
  void every_agent_has_its_own_notes_and_its_own_thousand() {
    var other = new StoreFixture(on.store);
    other.write(transaction -> transaction.remember(note("the other's")));
    rememberUpTo(MOST_NOTES);
    remember(note("one more"));
    assertThat(other.committed.notes(other.agent, 10)).containsExactly(note("the other's"));
    on.write(transaction ->
        assertThat(transaction.notes(other.agent, 10)).containsExactly(note("the other's")));
    assertThat(texts(1)).containsExactly("one more");
  }

  @Test
  void an_owner_that_was_forgotten_notes_nothing_and_the_next_one_finds_the_notes() {
    remember(note("before"));
    Lease newer = on.store.acquire(on.agent, "second", NOW.plus(MINUTE), MINUTE, 0).orElseThrow();
    assertThatThrownBy(() -> remember(note("too late"))).isInstanceOf(StaleLeaseException.class);
    on.write(newer, transaction -> transaction.remember(note("after")));
    assertThat(texts(10)).containsExactly("after", "before");
  }

  @Test
  void text_that_databases_cannot_keep_is_refused_instead_of_changed() {
    for (String text : List.of("half \uD83D", "\uDEA2 half", "a NUL \u0000 in it")) {
      assertThatThrownBy(() -> remember(note("good"), note(text)))
          .as("a text of %d characters", text.length())
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThat(texts(10)).isEmpty();
  }
}
