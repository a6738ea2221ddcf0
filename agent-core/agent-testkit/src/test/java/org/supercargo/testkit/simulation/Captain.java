package org.supercargo.testkit.simulation;

import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.supercargo.api.SupercargoException;
import org.supercargo.api.agent.AgentId;
import org.supercargo.api.agent.Goal;
import org.supercargo.api.agent.TickId;
import org.supercargo.api.asset.Address;
import org.supercargo.api.asset.Amount;
import org.supercargo.api.asset.Asset;
import org.supercargo.api.asset.ChainId;
import org.supercargo.api.intent.IntentId;
import org.supercargo.api.intent.IntentState;
import org.supercargo.engine.file.AgentFile;
import org.supercargo.engine.file.FileLines;
import org.supercargo.engine.store.JournalRow;
import org.supercargo.engine.store.StaleLeaseException;
import org.supercargo.engine.store.StoredIntent;

/// One agent of the world with the processes that run it, and what its owner wants of it.
final class Captain {
  private static final List<String> REPLICAS = List.of("a", "b", "c");
  private static final int MOST_WISHES_AT_ONCE = 8;

  final String name;
  final AgentId id;
  final AgentFile file;
  final Map<ChainId, Address> wallets;
  final SimulatedModel model;
  final List<Wish> wishes = new ArrayList<>();
  private final World world;
  private final List<Life> lives = new ArrayList<>();
  private boolean putBack;

  Captain(World world, int number, int wishCount) {
    this.world = world;
    this.name = "agent-" + number;
    this.id = new AgentId(name);
    this.file =
        new AgentFile(name + ".yaml", world.charter.spec(id), name, 0, new FileLines(Map.of()));
    for (ChainId chain : List.of(ChainId.SOLANA, ChainId.BASE)) {
      world.signer.withKey(id, chain, name + " on " + chain.name());
    }
    this.wallets = world.signer.wallets(id);
    this.model = new SimulatedModel(world, this);
    for (int wish = 1; wish <= wishCount; wish++) {
      wishes.add(wish(wish));
    }
  }

  /// The amount tells the wish: its last digits are the wish's number.
  private Wish wish(int number) {
    int kind = world.chance.below(100);
    String payee = Charter.PAYEES.get(world.chance.below(Charter.PAYEES.size()));
    long more = 10_000L * world.chance.below(150);
    if (kind < 35) {
      return pay(number, Charter.USDC_ON_SOLANA, 1_000_000 + more, payee);
    }
    if (kind < 60) {
      return pay(number, Charter.USDC_ON_BASE, 1_000_000 + more, payee);
    }
    if (kind < 70) {
      return pay(number, Charter.SOL, 10_000_000, payee);
    }
    if (kind < 78) {
      return pay(number, Charter.ETH, 1_000_000_000_000_000L, payee);
    }
    if (kind < 88) {
      return pay(number, kind < 83 ? Charter.USDC_ON_SOLANA : Charter.USDC_ON_BASE, 0, payee);
    }
    if (kind < 97) {
      return new Wish(
          number,
          new Amount(Charter.USDC_ON_BASE, BigInteger.valueOf(4_000_000 + more + number)),
          true,
          "");
    }
    return pay(number, Charter.USDC_ON_BASE, 5_000_000 + more, payee);
  }

  private static Wish pay(int number, Asset asset, long baseUnits, String payee) {
    return new Wish(
        number, new Amount(asset, BigInteger.valueOf(baseUnits + number)), false, payee);
  }

  /// The wishes a goal names.
  List<Wish> wishes(String goal) {
    return Stream.of(goal.split(" "))
        .skip(1)
        .map(each -> wishes.get(Integer.parseInt(each) - 1))
        .toList();
  }

  /// Its wallet on the chain of an asset.
  Address wallet(Asset asset) {
    return Objects.requireNonNull(wallets.get(asset.chain()));
  }

  boolean wantsMore() {
    return wishes.stream().anyMatch(wish -> wish.state == Wish.State.OPEN);
  }

  /// All processes of the agent end at once.
  void powerOff() {
    lives.forEach(life -> life.end("with the power"));
    lives.clear();
  }

  /// Lets one of its processes do something.
  void act() {
    Life life = process();
    if (life == null) {
      return;
    }
    try {
      life.wake();
      settle(life);
      deed(life);
    } catch (ProcessEnded e) {
      lives.remove(life);
    } catch (StaleLeaseException e) {
      world.story.tell(name, () -> "process " + life.owner() + " was taken over from");
      world.tally.add(Tally.Count.TAKEOVERS);
      life.end("because it was taken over from");
      lives.remove(life);
    } catch (SupercargoException e) {
      if (e.category() != SupercargoException.Category.TRANSIENT) {
        throw Violation.surprise(name, e);
      }
      life.settled(false);
    } catch (RuntimeException e) {
      throw Violation.surprise(name, e);
    }
  }

  private @Nullable Life process() {
    List<Life> free = lives.stream().filter(life -> !life.isStill()).toList();
    if (!free.isEmpty() && world.chance.below(12) > 0) {
      return free.get(world.chance.below(free.size()));
    }
    String owner = REPLICAS.get(world.chance.below(REPLICAS.size()));
    if (lives.stream().anyMatch(life -> life.owner().equals(owner))) {
      return null;
    }
    // Others that are alive keep their leases.
    free.forEach(Life::wake);
    return begin(owner, world.patience);
  }

  private @Nullable Life begin(String owner, Duration patience) {
    try {
      Life life = Life.begin(world, this, owner, patience);
      lives.add(life);
      return life;
    } catch (ProcessEnded | StaleLeaseException e) {
      return null;
    } catch (SupercargoException e) {
      if (e.category() != SupercargoException.Category.TRANSIENT) {
        throw Violation.surprise(name, e);
      }
      return null;
    } catch (RuntimeException e) {
      throw Violation.surprise(name, e);
    }
  }

  /// What a process does before anything new: it finishes what earlier ones left.
  private void settle(Life life) {
    if (!life.isSettled()) {
      life.runtime().sweep();
      life.runtime().resume();
      life.settled(true);
      lookAgain();
      resolve(life);
    }
  }

  /// The books are not those the owner has read before.
  void booksWerePutBack() {
    putBack = true;
  }

  /// What was known to have come to nothing may be open again in older books. An owner who does not
  /// look before asking again would have it done twice.
  private void lookAgain() {
    if (!putBack) {
      return;
    }
    putBack = false;
    for (Wish wish : wishes) {
      if (wish.state != Wish.State.TRUE) {
        for (long tick : wish.ticks()) {
          StoredIntent intent = intent(wish, tick);
          if (intent != null
              && (!intent.state().isFinal() || intent.state() == IntentState.SETTLED)) {
            wish.state = Wish.State.ASKED;
            wish.tick = tick;
          }
        }
      }
    }
  }

  private void deed(Life life) {
    int dice = world.chance.below(100);
    if (dice < 60) {
      tick(life);
    } else if (dice < 85) {
      life.runtime().sweep();
      resolve(life);
    } else if (dice < 95) {
      life.runtime().reconcile();
    } else {
      lives.remove(life);
      life.close();
    }
  }

  private void tick(Life life) {
    List<Wish> chosen =
        wishes.stream()
            .filter(wish -> isAskable(wish))
            .skip(world.chance.below(3))
            .limit(1 + world.chance.below(MOST_WISHES_AT_ONCE))
            .toList();
    if (chosen.isEmpty()) {
      life.runtime().sweep();
      resolve(life);
      return;
    }
    long tick = world.store.read(view -> view.lastTick(id)) + 1;
    chosen.forEach(wish -> wish.ask(tick));
    world.tally.add(Tally.Count.TICKS);
    life.settled(false);
    String goal =
        chosen.stream()
            .map(wish -> Integer.toString(wish.number))
            .collect(Collectors.joining(" ", "wishes ", ""));
    world.story.tell(name, () -> "process " + life.owner() + " is asked for " + goal);
    life.runtime().run(new Goal(goal));
    life.settled(true);
    resolve(life);
  }

  private boolean isAskable(Wish wish) {
    return wish.state == Wish.State.OPEN
        || (wish.state == Wish.State.ASKED && world.sabotage.asksAgainWithoutAnAnswer());
  }

  /// Finds out what came of the wishes, unless a tick may be under way.
  private void resolve(Life life) {
    if (!life.holds() || isTickUnderWay()) {
      return;
    }
    for (Wish wish : wishes) {
      if (wish.state == Wish.State.ASKED) {
        StoredIntent intent = intent(wish, wish.tick);
        if (intent == null) {
          world.tally.add(Tally.Count.DENIED);
          wish.cameToNothing();
        } else if (intent.state().isFinal()) {
          world.tally.add(Tally.Count.INTENTS);
          resolve(wish, intent);
        }
      }
    }
  }

  private boolean isTickUnderWay() {
    return world.store.read(view -> {
      List<String> types =
          view.journalOfTick(id, view.lastTick(id)).stream().map(JournalRow::type).toList();
      return types.contains("TickStarted") && !types.contains("TickEnded");
    });
  }

  private void resolve(Wish wish, StoredIntent intent) {
    switch (intent.state()) {
      case SETTLED -> {
        world.tally.add(Tally.Count.SETTLED);
        wish.state = Wish.State.TRUE;
      }
      case FAILED -> {
        world.tally.add(Tally.Count.FAILED);
        wish.cameToNothing();
      }
      case REFUSED -> {
        world.tally.add(Tally.Count.REFUSED);
        wish.cameToNothing();
      }
      case AWAITING, RESERVED, EXECUTING -> {}
    }
  }

  private @Nullable StoredIntent intent(Wish wish, long tick) {
    int most = 2 * MOST_WISHES_AT_ONCE + 2;
    for (int sequence = 0; sequence < most; sequence++) {
      var intentId = new IntentId(new TickId(id, tick), sequence);
      StoredIntent intent = world.store.read(view -> view.intent(intentId)).orElse(null);
      if (intent != null && wish.isOf(intent.intent())) {
        return intent;
      }
    }
    return null;
  }

  /// Starts the process whose lease is alive again, whichever it is.
  private Life restart() {
    for (String owner : REPLICAS) {
      Life life = begin(owner, Duration.ZERO);
      if (life != null) {
        return life;
      }
    }
    throw new Violation(Invariant.NONE_LOST, name, "nobody can take the agent");
  }

  /// Brings everything to its end, now that nothing goes wrong any more.
  ///
  /// @param bound within which every intent has to be known
  void comeHome(Duration bound) {
    powerOff();
    Life life = restart();
    long until = world.clock.millis() + bound.toMillis();
    settle(life);
    while (true) {
      world.people.decideAll(this);
      life.wake();
      life.runtime().sweep();
      resolve(life);
      List<StoredIntent> open = world.store.read(view -> view.openIntents(id));
      if (open.isEmpty()) {
        break;
      }
      if (world.clock.millis() > until) {
        throw new Violation(
            Invariant.NONE_LOST,
            name,
            "not known " + bound.toSeconds() + " s after all went well: " + open);
      }
      world.clock.advance(Duration.ofSeconds(1));
    }
    if (!life.runtime().reconcile()) {
      throw new Violation(Invariant.NONE_LOST, name, "something is still under way");
    }
    world.auditor.close(this);
    lives.remove(life);
    life.close();
  }
}
