package org.supercargo.signer.log;

import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.supercargo.api.Bytes;
import org.supercargo.api.agent.AgentId;
import org.supercargo.api.asset.AssetId;
import org.supercargo.api.intent.IntentId;
import org.supercargo.api.mandate.BudgetKey;
import org.supercargo.api.mandate.Reservation;
import org.supercargo.engine.json.DomainJson;
import org.supercargo.signer.log.SignedIntent.SignedAttempt;

/// The log as questions need it. Built from the file at every start.
final class SigningIndex {
  private record Account(AgentId agent, String rule, AssetId unit) {}

  private record Spending(IntentId intent, Instant at, BigInteger baseUnits) {}

  private final Map<IntentId, SignedIntent> intents = new HashMap<>();
  private final Map<Bytes, IntentId> transactions = new HashMap<>();
  private final Map<Account, List<Spending>> accounts = new HashMap<>();

  void add(SigningRecord record, DomainJson json) {
    IntentId id = record.intent();
    Bytes fingerprint = SignedAttempt.fingerprint(record.wallet(), record.digest());
    SignedIntent before = intents.get(id);
    for (Reservation reservation : record.reservations()) {
      var account = new Account(id.agent(), reservation.rule(), reservation.unit());
      List<Spending> spendings = accounts.computeIfAbsent(account, any -> new ArrayList<>());
      BigInteger earlier = before == null ? BigInteger.ZERO : withdraw(spendings, id);
      spendings.add(new Spending(id, record.at(), reservation.baseUnits().max(earlier)));
    }
    if (before == null) {
      before = new SignedIntent(proposal(record, json), List.of());
    }
    intents.put(id, before.with(new SignedAttempt(record.attempt(), record.step(), fingerprint)));
    transactions.put(fingerprint, id);
  }

  /// Nothing more is signed after a movement, so what it proposed is asked for no more.
  private static Bytes proposal(SigningRecord record, DomainJson json) {
    return switch (record.step()) {
      case APPROVE -> SignedIntent.proposal(record.proposal(), json);
      case MOVE -> Bytes.EMPTY;
    };
  }

  /// Takes an intent's earlier spending out, so that its later one counts alone.
  private static BigInteger withdraw(List<Spending> spendings, IntentId intent) {
    for (int at = spendings.size() - 1; at >= 0; at--) {
      if (spendings.get(at).intent().equals(intent)) {
        return spendings.remove(at).baseUnits();
      }
    }
    return BigInteger.ZERO;
  }

  Optional<SignedIntent> find(IntentId intent) {
    return Optional.ofNullable(intents.get(intent));
  }

  Optional<IntentId> signedFor(Bytes fingerprint) {
    return Optional.ofNullable(transactions.get(fingerprint));
  }

  BigInteger spent(AgentId agent, BudgetKey key, Instant since, IntentId except) {
    List<Spending> spendings =
        accounts.getOrDefault(new Account(agent, key.rule(), key.unit()), List.of());
    boolean mayHoldIt = intents.containsKey(except);
    BigInteger sum = BigInteger.ZERO;
    // Newest first; times never run backwards, so the first one too old ends the search.
    for (int at = spendings.size() - 1; at >= 0; at--) {
      Spending spending = spendings.get(at);
      if (spending.at().isBefore(since)) {
        break;
      }
      if (!mayHoldIt || !spending.intent().equals(except)) {
        sum = sum.add(spending.baseUnits());
      }
    }
    return sum;
  }
}
