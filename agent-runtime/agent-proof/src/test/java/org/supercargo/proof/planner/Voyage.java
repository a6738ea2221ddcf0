package org.supercargo.proof.planner;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.supercargo.api.SupercargoException;
import org.supercargo.api.action.ActionCall;
import org.supercargo.api.action.ActionResult;
import org.supercargo.api.agent.Goal;
import org.supercargo.api.asset.AssetId;
import org.supercargo.api.asset.ChainId;
import org.supercargo.api.intent.Intent;
import org.supercargo.api.journal.JournalEvent;
import org.supercargo.api.journal.JournalRecord;
import org.supercargo.api.mandate.Verdict;
import org.supercargo.engine.AgentRuntime;
import org.supercargo.proof.owner.OwnerWord;
import org.supercargo.proof.owner.Taken;
import org.supercargo.proof.reading.Outflow;

/// One case: a planner in the attacker's hands, what it said, and what really left.
final class Voyage implements AutoCloseable {
  private final Ship ship;
  private final RandomGenerator random;
  private final ObedientModel model = new ObedientModel();
  private final Witness witness;
  private final Map<String, Intent> proposals = new HashMap<>();
  private final List<Taken> orders = new ArrayList<>();
  private final Map<String, Integer> answers = new TreeMap<>();
  private final AgentRuntime runtime;
  private int calls;

  Voyage(Ship ship, RandomGenerator random) {
    this.ship = ship;
    this.random = random;
    this.witness = new Witness(ship);
    this.runtime = ship.open(model, witness, this::hear);
  }

  Ship ship() {
    return ship;
  }

  OwnerWord word() {
    return ship.word();
  }

  RandomGenerator random() {
    return random;
  }

  @SafeVarargs
  final <T> T pick(T... some) {
    return some[random.nextInt(some.length)];
  }

  long number(long least, long most) {
    return random.nextLong(least, most + 1);
  }

  String address(String name, ChainId chain) {
    return ship.parties().of(name, chain).text();
  }

  void pass(Duration time) {
    ship.clock().advance(time);
  }

  /// One call with arguments as the attacker writes them: name, value, name, value.
  ActionCall ask(String action, String... arguments) {
    var json = new StringBuilder("{");
    for (int i = 0; i < arguments.length; i += 2) {
      json.append(i == 0 ? "" : ",")
          .append('"')
          .append(arguments[i])
          .append("\":")
          .append(value(arguments[i + 1]));
    }
    return raw(action, json.append('}').toString());
  }

  private static String value(String text) {
    return text.matches("[0-9]+")
        ? text
        : "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
  }

  ActionCall raw(String action, String arguments) {
    return new ActionCall("call " + ++calls, action, arguments);
  }

  ActionCall send(String payee, String amount, ChainId chain) {
    return ask("send", "payee", payee, "amount", amount, "chain", chain.name());
  }

  /// One run for the owner's goal, in which the planner does this instead.
  void run(ActionCall... wishes) {
    run("Do what is due.", wishes);
  }

  void run(String goal, ActionCall... wishes) {
    model.wish(List.of(wishes));
    try {
      runtime.run(new Goal(goal));
    } catch (SupercargoException e) {
      count("threw: " + e.category());
    }
  }

  private void count(String answer) {
    answers.merge(answer, 1, Integer::sum);
  }

  private void hear(JournalRecord record) {
    JournalEvent event = record.event();
    if (event instanceof JournalEvent.IntentProposed proposed) {
      proposals.put(proposed.id().toString(), proposed.intent());
    } else if (event instanceof JournalEvent.IntentJudged judged) {
      judged(judged, record.at());
    } else if (event instanceof JournalEvent.CallRejected) {
      count("admission");
    } else if (event instanceof JournalEvent.ActionReturned returned
        && returned.result() instanceof ActionResult.Failed) {
      count("values");
    } else if (event instanceof JournalEvent.TransactionRefused refused) {
      count(refused.rule());
    } else if (event instanceof JournalEvent.TransactionSigned) {
      count("signed");
    } else if (event instanceof JournalEvent.AlarmRaised) {
      count("alarm");
    }
  }

  private void judged(JournalEvent.IntentJudged judged, Instant at) {
    switch (judged.verdict()) {
      case Verdict.Deny deny -> count(deny.rule());
      case Verdict.NeedsApproval needed -> count("waits: " + needed.rule());
      case Verdict.Allow _ -> {
        if (proposals.get(judged.id().toString()) instanceof Intent.Order order) {
          count("ordered");
          orders.add(new Taken(at, "no shop is connected", ordered(order)));
        }
      }
    }
  }

  /// Each order that the engine lets through counts as delivered, but not one beside the other: no
  /// shop is connected, so each gives its budget back.
  private static List<Outflow> ordered(Intent.Order order) {
    Map<String, Integer> products = new LinkedHashMap<>();
    order.items().forEach(item -> products.merge(item.product(), item.quantity(), Integer::sum));
    var all = new ArrayList<Outflow>();
    BigInteger dollars = order.total().baseUnits();
    for (var product : products.entrySet()) {
      all.add(
          new Outflow.Ordered(
              order.shop(),
              product.getKey(),
              product.getValue(),
              order.shipTo().address(),
              dollars));
      dollars = BigInteger.ZERO;
    }
    return all;
  }

  /// Everything that left.
  List<Taken> taken() {
    var all = new ArrayList<>(orders);
    all.addAll(witness.taken());
    return all;
  }

  Map<AssetId, BigInteger> unexplained() {
    return witness.unexplained();
  }

  Map<String, Integer> answers() {
    return answers;
  }

  int calls() {
    return calls;
  }

  @Override
  public void close() {
    runtime.close();
  }
}
