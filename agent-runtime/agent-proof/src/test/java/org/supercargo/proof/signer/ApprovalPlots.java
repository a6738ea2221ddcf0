package org.supercargo.proof.signer;

import static org.supercargo.proof.Shape.EARLY_APPROVAL;
import static org.supercargo.proof.Shape.FOREIGN_APPROVAL;
import static org.supercargo.proof.Shape.FORGED_APPROVAL;
import static org.supercargo.proof.Shape.HIDDEN_VETO;
import static org.supercargo.proof.Shape.REPLAYED_APPROVAL;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.supercargo.api.Bytes;
import org.supercargo.api.agent.AgentId;
import org.supercargo.api.agent.TickId;
import org.supercargo.api.asset.AssetId;
import org.supercargo.api.intent.Intent;
import org.supercargo.api.intent.IntentId;
import org.supercargo.api.mandate.SignedApproval;
import org.supercargo.engine.approval.ApprovalDigest;
import org.supercargo.engine.signing.Evidence;
import org.supercargo.proof.owner.Consent;
import org.supercargo.proof.owner.Parties;

/// Payments to carol need two of three people and ten minutes.
final class ApprovalPlots {
  private static final String RULE = "large";
  private static final Duration DELAY = Duration.ofMinutes(10);

  private ApprovalPlots() {}

  static List<Plot> all() {
    return List.of(
        Plot.costly(2, FORGED_APPROVAL, Role.TREASURER, ApprovalPlots::forged),
        Plot.costly(2, REPLAYED_APPROVAL, Role.TREASURER, ApprovalPlots::replayed),
        Plot.costly(2, FOREIGN_APPROVAL, Role.TREASURER, ApprovalPlots::foreign),
        Plot.costly(2, EARLY_APPROVAL, Role.TREASURER, ApprovalPlots::early),
        Plot.costly(2, HIDDEN_VETO, Role.TREASURER, ApprovalPlots::shownVeto));
  }

  private static AssetId dollarCoin(HostileEngine engine) {
    return engine.pick(engine.word().usdcOnSolana, engine.word().usdcOnBase);
  }

  /// A real decision of a real approver.
  private static SignedApproval decided(
      IntentId id, Intent intent, String approver, boolean approves, Instant at) {
    return signed(approver, approver, id, ApprovalDigest.of(id, intent, RULE), approves, at);
  }

  /// @param key whose key signs it
  private static SignedApproval signed(
      String key, String approver, IntentId id, Bytes digest, boolean approves, Instant at) {
    Bytes payload = SignedApproval.payload(id, digest, approver, approves, at);
    return new SignedApproval(id, digest, approver, approves, at, Parties.signature(key, payload));
  }

  private static void ask(
      HostileEngine engine, IntentId id, Intent intent, List<SignedApproval> approvals) {
    Evidence honest = engine.honest().evidence(intent);
    engine.ask(
        engine
            .of(intent, engine.honest().bytes(intent))
            .as(id, 1)
            .with(
                new Evidence(
                    honest.simulation(),
                    honest.balance(),
                    honest.prices(),
                    honest.origins(),
                    approvals,
                    List.of())));
  }

  private static Consent agreed(Intent.Transfer intent, Instant from) {
    return new Consent(
        intent.payee().address(), intent.amount().asset().id(), intent.amount().baseUnits(), from);
  }

  private static void forged(HostileEngine engine) {
    Intent.Transfer intent = engine.honest().pay("carol", "60", dollarCoin(engine));
    IntentId id = engine.fresh();
    Instant now = engine.clock().instant();
    Instant before = now.minus(Duration.ofHours(1));
    Bytes digest = ApprovalDigest.of(id, intent, RULE);
    SignedApproval one = decided(id, intent, "ops", true, before);
    ask(engine, id, intent, List.of());
    ask(engine, id, intent, List.of(one, one, one));
    ask(engine, id, intent, List.of(one, signed("mallory", "cfo", id, digest, true, before)));
    ask(engine, id, intent, List.of(one, signed("mallory", "mallory", id, digest, true, before)));
    ask(engine, id, intent, List.of(one, signed("ops", "cfo", id, digest, true, before)));
    SignedApproval no = decided(id, intent, "cfo", false, before);
    ask(
        engine,
        id,
        intent,
        List.of(
            one,
            new SignedApproval(
                no.intent(), no.digest(), no.approver(), true, no.at(), no.signature())));
    byte[] bits = decided(id, intent, "cfo", true, before).signature().toArray();
    bits[engine.random().nextInt(64)] ^= (byte) (1 << engine.random().nextInt(8));
    ask(
        engine,
        id,
        intent,
        List.of(one, new SignedApproval(id, digest, "cfo", true, before, Bytes.of(bits))));
    ask(
        engine,
        id,
        intent,
        List.of(one, new SignedApproval(id, digest, "cfo", true, before, Bytes.of(new byte[64]))));
  }

  /// Two people agree to one payment, which is made; then the same papers are shown again.
  private static void replayed(HostileEngine engine) {
    AssetId asset = dollarCoin(engine);
    Intent.Transfer intent = engine.honest().pay("carol", "2" + engine.number(0, 9), asset);
    IntentId id = engine.fresh();
    Instant now = engine.clock().instant();
    List<SignedApproval> papers =
        List.of(decided(id, intent, "ops", true, now), decided(id, intent, "chair", true, now));
    engine.consent(agreed(intent, now.plus(DELAY)));
    engine.pass(DELAY.plusSeconds(engine.number(0, 1_000)));
    ask(engine, id, intent, papers);
    ask(engine, engine.fresh(), intent, papers);
    ask(engine, id, engine.honest().pay("carol", "80", asset), papers);
    ask(engine, id, engine.honest().pay("mallory", "20", asset), papers);
    Evidence honest = engine.honest().evidence(intent);
    engine.ask(
        engine
            .of(intent, engine.honest().bytes(intent))
            .as(id, 2)
            .with(
                new Evidence(
                    honest.simulation(),
                    honest.balance(),
                    honest.prices(),
                    honest.origins(),
                    papers,
                    List.of())));
  }

  /// The same approvers, the same number, another agent.
  private static void foreign(HostileEngine engine) {
    AssetId asset = dollarCoin(engine);
    Intent.Transfer intent = engine.honest().pay("carol", "50", asset);
    Instant now = engine.clock().instant();
    for (String name : List.of("treasurer", engine.agent() + "1", "trader", "captain")) {
      IntentId mine = engine.fresh();
      var other = new IntentId(new TickId(new AgentId(name), mine.tick().number()), 0);
      List<SignedApproval> papers =
          List.of(
              decided(other, intent, "ops", true, now.minus(DELAY)),
              decided(other, intent, "cfo", true, now.minus(DELAY)));
      ask(engine, mine, intent, papers);
      Bytes digest = ApprovalDigest.of(other, intent, RULE);
      ask(
          engine,
          mine,
          intent,
          papers.stream()
              .map(paper ->
                  new SignedApproval(
                      mine, digest, paper.approver(), true, paper.at(), paper.signature()))
              .toList());
    }
  }

  private static void early(HostileEngine engine) {
    Intent.Transfer intent = engine.honest().pay("carol", "50", dollarCoin(engine));
    IntentId id = engine.fresh();
    Instant now = engine.clock().instant();
    List<SignedApproval> papers =
        List.of(
            decided(id, intent, "ops", true, now.minus(Duration.ofHours(2))),
            decided(id, intent, "cfo", true, now));
    ask(engine, id, intent, papers);
    engine.pass(DELAY.minusMillis(engine.number(1, 600_000)));
    ask(engine, id, intent, papers);
    // A younger clock of an approver gives no time away.
    ask(
        engine,
        id,
        intent,
        List.of(
            papers.getFirst(),
            papers.getLast(),
            decided(id, intent, "cfo", true, engine.clock().instant().plusSeconds(30))));
  }

  /// Passed on, because a signer without a network knows of a veto only what it is told.
  private static void shownVeto(HostileEngine engine) {
    Intent.Transfer intent = engine.honest().pay("carol", "50", dollarCoin(engine));
    IntentId id = engine.fresh();
    Instant now = engine.clock().instant();
    List<SignedApproval> papers =
        List.of(
            decided(id, intent, "ops", true, now),
            decided(id, intent, "cfo", true, now),
            decided(id, intent, "chair", false, now));
    engine.pass(DELAY.plusSeconds(1));
    ask(engine, id, intent, papers);
    ask(engine, id, intent, List.of(papers.get(2), papers.get(0), papers.get(1)));
  }
}
