package org.supercargo.testkit.simulation;

import java.math.BigInteger;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.supercargo.api.asset.Address;
import org.supercargo.api.asset.Amount;
import org.supercargo.api.asset.Asset;
import org.supercargo.api.asset.AssetId;
import org.supercargo.api.intent.Effect;
import org.supercargo.api.intent.IntentId;
import org.supercargo.api.intent.TransactionId;
import org.supercargo.api.journal.JournalEvent;
import org.supercargo.api.journal.JournalRecord;
import org.supercargo.api.ledger.AccountBalance;
import org.supercargo.api.mandate.Verdict;
import org.supercargo.engine.Journal;
import org.supercargo.engine.json.DomainJson;
import org.supercargo.engine.signing.SignAnswer;
import org.supercargo.engine.signing.SignRequest;
import org.supercargo.engine.store.JournalRow;
import org.supercargo.engine.store.Lease;
import org.supercargo.testkit.FakeChain;

/// Watches the chains, and believes neither the engine nor its store.
///
/// What moved is read from final blocks; when it was signed and who held the agent is what the
/// auditor saw itself.
final class Auditor {
  private static final DomainJson JSON = new DomainJson();

  /// What the auditor knows of one agent.
  private static final class File {
    final List<Movement> movements = new ArrayList<>();
    final Map<AssetId, BigInteger> credited = new LinkedHashMap<>();
    @Nullable Lease lease;
    long fence;
    long signatures;
  }

  private final World world;
  private final Map<String, File> files = new HashMap<>();
  private final Map<Address, Captain> owners = new HashMap<>();
  private final Map<String, Long> signedAt = new HashMap<>();
  private final Map<String, IntentId> intentOf = new HashMap<>();
  private final Map<IntentId, Long> judgedAt = new HashMap<>();
  private final Map<FakeChain, Integer> read = new HashMap<>();

  Auditor(World world) {
    this.world = world;
  }

  static String brief(TransactionId id) {
    return id.text().substring(0, 8);
  }

  private File file(Captain captain) {
    return files.computeIfAbsent(
        captain.name,
        _ -> {
          captain.wallets.values().forEach(wallet -> owners.put(wallet, captain));
          return new File();
        });
  }

  void credited(Captain captain, Amount amount) {
    file(captain).credited.merge(amount.asset().id(), amount.baseUnits(), BigInteger::add);
  }

  void leased(Captain captain, Lease lease) {
    file(captain).lease = lease;
  }

  /// The newest lease of the agent.
  @Nullable Lease lease(Captain captain) {
    return file(captain).lease;
  }

  void entered(Captain captain, long fence) {
    file(captain).fence = Math.max(file(captain).fence, fence);
  }

  /// The store has let somebody in to write.
  void writes(Captain captain, Lease lease) {
    if (!lease.equals(file(captain).lease)) {
      throw new Violation(
          Invariant.FENCED,
          captain.name,
          lease + " was let in to write although " + file(captain).lease + " was given since");
    }
  }

  void answered(Captain captain, SignRequest request, SignAnswer answer) {
    world.story.tell(
        captain.name,
        () ->
            "the signer answers for attempt "
                + request.attempt()
                + " of "
                + request.id()
                + ", "
                + request.intent().summary()
                + ": "
                + (answer instanceof SignAnswer.Signed signed
                    ? "signed " + brief(signed.transaction())
                    : answer));
    if (answer instanceof SignAnswer.Signed signed
        && signedAt.putIfAbsent(signed.transaction().text(), world.clock.millis()) == null) {
      world.tally.add(Tally.Count.SIGNATURES);
      file(captain).signatures++;
      intentOf.put(signed.transaction().text(), request.id());
      if (request.fence() < file(captain).fence) {
        throw new Violation(
            Invariant.FENCED,
            captain.name,
            "fence " + request.fence() + " got a signature after " + file(captain).fence);
      }
    }
  }

  void heard(Captain captain, JournalRecord record) {
    world.story.tell(captain.name, () -> record.sequence() + " " + brief(record.event()));
    if (record.event() instanceof JournalEvent.IntentJudged judged
        && judged.verdict() instanceof Verdict.Allow) {
      judgedAt.put(judged.id(), judged.facts().now().toEpochMilli());
    } else if (record.event() instanceof JournalEvent.TransactionDead) {
      world.tally.add(Tally.Count.DEATHS);
    } else if (record.event() instanceof JournalEvent.AlarmRaised raised) {
      throw new Violation(Invariant.NO_FALSE_ALARM, captain.name, raised.toString());
    }
  }

  private static String brief(JournalEvent event) {
    String text = event.toString();
    return text.length() > 220 ? text.substring(0, 220) + "…" : text;
  }

  /// Reads what has become final since the last time.
  void look() {
    for (FakeChain chain : world.chains.values()) {
      int before = read.getOrDefault(chain, 0);
      int now = chain.finals();
      if (now > before) {
        for (FakeChain.Landed landed : chain.landed(before).subList(0, now - before)) {
          take(chain, landed);
        }
        read.put(chain, now);
      }
    }
  }

  private void take(FakeChain chain, FakeChain.Landed landed) {
    Captain captain = owners.get(landed.transaction().payer());
    if (captain == null) {
      return;
    }
    Long at = signedAt.get(landed.id().text());
    if (at == null) {
      throw new Violation(
          Invariant.NONE_LOST, captain.name, landed + " landed and was never signed for");
    }
    Movement movement = movement(chain, landed, countedAt(landed, at));
    List<Movement> movements = file(captain).movements;
    world.story.tell(captain.name, () -> "final: " + movement);
    if (movement.moves()) {
      movements.stream()
          .filter(before -> isSame(before, movement))
          .findFirst()
          .ifPresent(before -> {
            throw new Violation(
                Invariant.ONCE, captain.name, before + " moved again as " + movement);
          });
    }
    int place = movements.size();
    while (place > 0 && movements.get(place - 1).at() > movement.at()) {
      place--;
    }
    movements.add(place, movement);
    check(captain, movements, movement);
  }

  /// The engine counts from when it judged, the signer from when it signed.
  private long countedAt(FakeChain.Landed landed, long signed) {
    if (world.isJudgedByEngineAlone()) {
      return judgedAt.getOrDefault(intentOf.get(landed.id().text()), signed);
    }
    return signed;
  }

  private static boolean isSame(Movement one, Movement other) {
    return one.moves()
        && one.rule().equals("trade") == other.rule().equals("trade")
        && one.asset().equals(other.asset())
        && one.baseUnits().equals(other.baseUnits());
  }

  private static Movement movement(FakeChain chain, FakeChain.Landed landed, long at) {
    AssetId coin = chain.nativeAsset().id();
    String rule = "";
    String payee = "";
    AssetId asset = coin;
    BigInteger baseUnits = BigInteger.ZERO;
    for (Effect effect : landed.succeeded() ? landed.transaction().effects() : List.<Effect>of()) {
      if (effect instanceof Effect.Move move) {
        asset = move.asset();
        baseUnits = move.baseUnits();
        payee = move.to().text();
        rule = Charter.rule(false, asset, baseUnits);
      } else if (effect instanceof Effect.Exchange exchange) {
        asset = exchange.sell();
        baseUnits = exchange.sold();
        rule = Charter.rule(true, asset, baseUnits);
      }
    }
    return new Movement(landed.id().text(), rule, payee, asset, baseUnits, coin, landed.cost(), at);
  }

  /// Every window that holds the new movement.
  private void check(Captain captain, List<Movement> movements, Movement added) {
    for (Charter.Limit limit : world.charter.limits()) {
      if (added.moves() && limit.counts().test(added)) {
        check(captain, movements, added, limit, Invariant.WITHIN_BUDGET);
      }
    }
    for (Charter.Limit limit : world.charter.fees()) {
      if (limit.counts().test(added)) {
        check(captain, movements, added, limit, Invariant.WITHIN_FEES);
      }
    }
  }

  private void check(
      Captain captain,
      List<Movement> movements,
      Movement added,
      Charter.Limit limit,
      Invariant invariant) {
    long window = limit.window().toMillis();
    Object group = limit.group().apply(added);
    for (int last = movements.size() - 1; last >= 0; last--) {
      long end = movements.get(last).at();
      if (end < added.at()) {
        break;
      }
      if (end - window > added.at()) {
        continue;
      }
      BigInteger sum = BigInteger.ZERO;
      for (int each = last; each >= 0 && movements.get(each).at() >= end - window; each--) {
        Movement movement = movements.get(each);
        boolean counts = invariant == Invariant.WITHIN_FEES || movement.moves();
        if (counts
            && limit.counts().test(movement)
            && limit.group().apply(movement).equals(group)) {
          sum = sum.add(limit.value().apply(movement));
        }
      }
      require(captain, limit, sum, invariant);
    }
  }

  private static void require(
      Captain captain, Charter.Limit limit, BigInteger sum, Invariant invariant) {
    if (sum.compareTo(limit.most()) > 0) {
      throw new Violation(
          invariant,
          captain.name,
          limit.name() + ": " + sum + " within " + limit.window() + ", more than " + limit.most());
    }
  }

  /// Compares what the agent wrote down with what the chains say, now that all is over.
  void close(Captain captain) {
    look();
    wishesCameTrueOnce(captain);
    booksEqualTheChains(captain);
    signaturesAreEqual(captain);
    journalHangsTogether(captain);
  }

  private void wishesCameTrueOnce(Captain captain) {
    List<Movement> left = new ArrayList<>(file(captain).movements);
    left.removeIf(movement -> !movement.moves());
    for (Wish wish : captain.wishes) {
      boolean moved =
          left.removeIf(movement ->
              movement.rule().equals("trade") == wish.sells
                  && wish.isFor(Charter.asset(movement.asset()), movement.baseUnits()));
      if (moved != (wish.state == Wish.State.TRUE) || wish.state == Wish.State.ASKED) {
        throw new Violation(
            Invariant.NONE_LOST,
            captain.name,
            "wish "
                + wish.number
                + ", "
                + wish.amount
                + ", is "
                + wish.state
                + " and has "
                + (moved ? "" : "not ")
                + "moved");
      }
    }
    if (!left.isEmpty()) {
      throw new Violation(Invariant.NONE_LOST, captain.name, "nobody wished for " + left);
    }
  }

  private void booksEqualTheChains(Captain captain) {
    List<AccountBalance> balances = world.store.read(view -> view.balances(captain.id));
    Map<AssetId, BigInteger> sums = new HashMap<>();
    Map<AssetId, BigInteger> wallet = new HashMap<>();
    Map<AssetId, BigInteger> equity = new HashMap<>();
    for (AccountBalance balance : balances) {
      sums.merge(balance.asset(), balance.baseUnits(), BigInteger::add);
      if (balance.account().startsWith("wallet/")) {
        wallet.merge(balance.asset(), balance.baseUnits(), BigInteger::add);
      } else if (balance.account().startsWith("equity/")) {
        equity.merge(balance.asset(), balance.baseUnits().negate(), BigInteger::add);
      } else if (balance.account().startsWith("suspense/")) {
        throw new Violation(Invariant.BOOKS_EQUAL_CHAIN, captain.name, balance.toString());
      }
    }
    sums.forEach((asset, sum) -> same(captain, "the ledger's sum", asset, BigInteger.ZERO, sum));
    for (Asset asset : captain.file.spec().assets()) {
      BigInteger onChain = world.chain(asset).balance(captain.wallet(asset), asset).baseUnits();
      same(captain, "the wallet", asset.id(), onChain, wallet.get(asset.id()));
      same(
          captain,
          "what came from outside",
          asset.id(),
          file(captain).credited.get(asset.id()),
          equity.get(asset.id()));
    }
  }

  private static void same(
      Captain captain,
      String what,
      AssetId asset,
      @Nullable BigInteger expected,
      @Nullable BigInteger found) {
    if (expected == null || !expected.equals(found)) {
      throw new Violation(
          Invariant.BOOKS_EQUAL_CHAIN,
          captain.name,
          what + " in " + asset + " is " + found + " in the books and should be " + expected);
    }
  }

  private void signaturesAreEqual(Captain captain) {
    long books = world.store.read(view -> view.signatures(captain.id));
    long log = world.signer.history(captain.id, 0, Integer.MAX_VALUE).size();
    if (books != log || log != file(captain).signatures) {
      throw new Violation(
          Invariant.SIGNATURES_EQUAL,
          captain.name,
          books
              + " signatures in the books, "
              + log
              + " in the log, "
              + file(captain).signatures
              + " seen");
    }
    Optional<String> alarm = world.store.read(view -> view.alarm(captain.id));
    if (alarm.isPresent()) {
      throw new Violation(Invariant.NO_FALSE_ALARM, captain.name, alarm.get());
    }
  }

  private void journalHangsTogether(Captain captain) {
    var journal = new Journal(JSON, world.clock, _ -> {});
    Journal.Verification found = world.store.read(view -> journal.verify(view, captain.id));
    if (found.broken().isPresent()) {
      throw new Violation(Invariant.JOURNAL_HOLDS, captain.name, found.broken().get().toString());
    }
    Optional<JournalRow> last = world.store.read(view -> view.lastJournalRow(captain.id));
    last.ifPresent(row -> world.tally.mix(row.hash().hashCode()));
  }

  /// Checks once more, over everything: every window that ends with a movement.
  void finish() {
    for (Captain captain : world.captains()) {
      List<Movement> movements = file(captain).movements;
      List<Movement> moving = movements.stream().filter(Movement::moves).toList();
      for (Charter.Limit limit : world.charter.limits()) {
        slide(captain, moving, limit, Invariant.WITHIN_BUDGET);
      }
      for (Charter.Limit limit : world.charter.fees()) {
        slide(captain, movements, limit, Invariant.WITHIN_FEES);
      }
    }
  }

  private static void slide(
      Captain captain, List<Movement> movements, Charter.Limit limit, Invariant invariant) {
    Map<Object, Deque<Movement>> windows = new HashMap<>();
    Map<Object, BigInteger> sums = new HashMap<>();
    for (Movement movement : movements) {
      if (limit.counts().test(movement)) {
        Object group = limit.group().apply(movement);
        Deque<Movement> window = windows.computeIfAbsent(group, _ -> new ArrayDeque<>());
        BigInteger sum =
            sums.getOrDefault(group, BigInteger.ZERO).add(limit.value().apply(movement));
        window.addLast(movement);
        while (window.getFirst().at() < movement.at() - limit.window().toMillis()) {
          sum = sum.subtract(limit.value().apply(window.removeFirst()));
        }
        sums.put(group, sum);
        require(captain, limit, sum, invariant);
      }
    }
  }
}
