package org.supercargo.testkit.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.supercargo.api.asset.Asset;
import org.supercargo.api.asset.AssetId;
import org.supercargo.api.intent.IntentId;
import org.supercargo.api.intent.IntentState;
import org.supercargo.api.intent.TransactionId;
import org.supercargo.api.journal.JournalEvent;
import org.supercargo.api.journal.JournalRecord;
import org.supercargo.api.ledger.AccountBalance;
import org.supercargo.api.mandate.Mandate;
import org.supercargo.api.mandate.Reservation;
import org.supercargo.api.mandate.Verdict;
import org.supercargo.engine.Journal;
import org.supercargo.engine.Replay;
import org.supercargo.engine.json.DomainJson;
import org.supercargo.engine.signing.GivenSignature;
import org.supercargo.engine.store.Attempt;
import org.supercargo.engine.store.AttemptState;
import org.supercargo.engine.store.BudgetQuestion;
import org.supercargo.engine.store.StoredIntent;
import org.supercargo.testkit.FakeChain;
import org.supercargo.testkit.ScriptedModel;

/// Compares everything the agent wrote down with what happened on the chains.
final class Books {
  private static final DomainJson JSON = new DomainJson();

  private final Harbour harbour;
  private final String story;

  /// @param story how this run came about; part of every complaint
  Books(Harbour harbour, String story) {
    this.harbour = harbour;
    this.story = story;
  }

  List<JournalRecord> records() {
    return harbour.store.read(view -> journal().records(view, Harbour.AGENT));
  }

  private Journal journal() {
    return new Journal(JSON, harbour.clock, _ -> {});
  }

  List<StoredIntent> intents() {
    return records().stream()
        .map(JournalRecord::event)
        .<IntentId>mapMulti((event, add) -> {
          if (event instanceof JournalEvent.IntentProposed proposed) {
            add.accept(proposed.id());
          } else if (event instanceof JournalEvent.IntentRecovered recovered) {
            add.accept(recovered.id());
          }
        })
        .distinct()
        .map(id -> harbour.store.read(view -> view.intent(id)).orElse(null))
        .filter(Objects::nonNull)
        .toList();
  }

  List<Attempt> attempts(IntentId id) {
    return harbour.store.read(view -> view.attempts(id));
  }

  List<AccountBalance> balances() {
    return harbour.store.read(view -> view.balances(Harbour.AGENT));
  }

  /// Everything below.
  void mustBeTrue() {
    everyIntentHappenedOnceOrNotAtAll();
    nothingElseHappened();
    walletsEqualTheChains();
    budgetEqualsWhatSettled();
    signaturesEqualTheSigners();
    nothingAlarms();
    journalHangsTogether();
    replayIsIdentical();
  }

  /// The same for a store that was put back: a tick whose record was cut is not replayed.
  void mustBeTrueAfterRestore() {
    everyIntentHappenedOnceOrNotAtAll();
    nothingElseHappened();
    walletsEqualTheChains();
    budgetEqualsWhatSettled();
    signaturesEqualTheSigners();
    nothingAlarms();
    journalHangsTogether();
  }

  private void everyIntentHappenedOnceOrNotAtAll() {
    for (StoredIntent stored : intents()) {
      assertThat(stored.state().isFinal())
          .as("%s: %s is over, it is %s", story, stored.intent().summary(), stored.state())
          .isTrue();
      List<Attempt> attempts = attempts(stored.id());
      Set<TransactionId> own =
          attempts.stream()
              .filter(Attempt::completes)
              .map(Attempt::transaction)
              .collect(Collectors.toSet());
      FakeChain chain = harbour.chain(stored.intent().chain());
      long happened =
          chain.landed().stream()
              .filter(FakeChain.Landed::succeeded)
              .filter(landed -> own.contains(landed.id()))
              .count();
      assertThat(happened)
          .as(
              "%s: how often \"%s\", which is %s, happened on the chain",
              story, stored.intent().summary(), stored.state())
          .isEqualTo(stored.state() == IntentState.SETTLED ? 1 : 0);
    }
  }

  private void nothingElseHappened() {
    Set<TransactionId> known =
        intents().stream()
            .flatMap(stored -> attempts(stored.id()).stream().map(Attempt::transaction))
            .filter(Objects::nonNull)
            .collect(Collectors.toSet());
    for (FakeChain chain : List.of(harbour.solana, harbour.base)) {
      List<TransactionId> landed = chain.landed().stream().map(FakeChain.Landed::id).toList();
      assertThat(landed)
          .as(
              "%s: transactions on %s that belong to an intent, each once",
              story, chain.id().name())
          .doesNotHaveDuplicates()
          .isSubsetOf(known);
    }
  }

  void walletsEqualTheChains() {
    List<AccountBalance> balances = balances();
    for (Asset asset : harbour.assets()) {
      BigInteger inBooks =
          balances.stream()
              .filter(each -> each.account().equals("wallet/" + asset.chain().name()))
              .filter(each -> each.asset().equals(asset.id()))
              .map(AccountBalance::baseUnits)
              .findFirst()
              .orElse(BigInteger.ZERO);
      assertThat(inBooks)
          .as(
              "%s: base units of %s in the books and on %s",
              story, asset.symbol(), asset.chain().name())
          .isEqualTo(harbour.onChain(asset));
    }
  }

  /// What is settled keeps its share of every budget, and what cost fees keeps those; everything
  /// else is free again.
  private void budgetEqualsWhatSettled() {
    record Pot(String rule, AssetId unit) {}
    Map<Pot, BigInteger> expected = new HashMap<>();
    Map<IntentId, List<Reservation>> taken = taken();
    for (StoredIntent stored : intents()) {
      for (Reservation each : taken.getOrDefault(stored.id(), List.of())) {
        boolean counts = stored.state() == IntentState.SETTLED && !each.rule().equals(Mandate.FEES);
        expected.merge(
            new Pot(each.rule(), each.unit()),
            counts ? each.baseUnits() : BigInteger.ZERO,
            BigInteger::add);
      }
      expected.merge(
          new Pot(Mandate.FEES, AssetId.nativeOf(stored.intent().chain())),
          fees(stored),
          BigInteger::add);
    }
    expected.forEach((pot, sum) ->
        assertThat(reserved(pot.rule(), pot.unit()))
            .as("%s: budget of %s still taken in %s", story, pot.rule(), pot.unit())
            .isEqualTo(sum));
  }

  private BigInteger fees(StoredIntent stored) {
    return attempts(stored.id()).stream()
        .filter(attempt ->
            attempt.state() == AttemptState.LANDED || attempt.state() == AttemptState.FAILED)
        .map(Attempt::fee)
        .reduce(BigInteger.ZERO, BigInteger::add);
  }

  /// Everything that is reserved under a rule, whenever it was.
  BigInteger reserved(String rule, AssetId unit) {
    var question = new BudgetQuestion(Harbour.AGENT, rule, unit, null, null, null);
    return harbour.store.read(view -> view.reserved(question));
  }

  /// What each intent reserved when it was judged, or when its signature was found again.
  private Map<IntentId, List<Reservation>> taken() {
    Map<IntentId, List<Reservation>> taken = new HashMap<>();
    for (GivenSignature given : harbour.signer.history(Harbour.AGENT, 0, Integer.MAX_VALUE)) {
      taken.putIfAbsent(given.intent(), given.reservations());
    }
    for (JournalRecord record : records()) {
      if (record.event() instanceof JournalEvent.IntentJudged judged) {
        switch (judged.verdict()) {
          case Verdict.Allow allow -> taken.put(judged.id(), allow.reservations());
          case Verdict.NeedsApproval needs -> taken.put(judged.id(), needs.reservations());
          case Verdict.Deny _ -> {}
        }
      }
    }
    return taken;
  }

  /// No signature is known to the signer alone or to the books alone.
  private void signaturesEqualTheSigners() {
    long inBooks = harbour.store.read(view -> view.signatures(Harbour.AGENT));
    assertThat(inBooks)
        .as("%s: signatures in the books and in the signer's log", story)
        .isEqualTo(harbour.signer.signatures());
  }

  private void nothingAlarms() {
    Optional<String> alarm = harbour.store.read(view -> view.alarm(Harbour.AGENT));
    assertThat(alarm).as("%s: alarm", story).isEmpty();
  }

  private void journalHangsTogether() {
    Journal.Verification found = harbour.store.read(view -> journal().verify(view, Harbour.AGENT));
    assertThat(found.broken()).as("%s: where the journal is broken", story).isEmpty();
  }

  void replayIsIdentical() {
    var replay = new Replay(harbour.file, harbour.wiring(ScriptedModel.inOrder()));
    assertThat(replay.all())
        .as("%s: replayed ticks", story)
        .isNotEmpty()
        .allSatisfy(tick -> assertThat(tick.difference()).isEmpty());
  }
}
