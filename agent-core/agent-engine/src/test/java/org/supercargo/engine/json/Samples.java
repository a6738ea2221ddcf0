package org.supercargo.engine.json;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.supercargo.api.Bytes;
import org.supercargo.api.action.ActionCall;
import org.supercargo.api.action.ActionResult;
import org.supercargo.api.action.Provenance;
import org.supercargo.api.agent.AgentId;
import org.supercargo.api.agent.TickId;
import org.supercargo.api.asset.Address;
import org.supercargo.api.asset.Amount;
import org.supercargo.api.asset.Asset;
import org.supercargo.api.asset.AssetId;
import org.supercargo.api.asset.ChainId;
import org.supercargo.api.chain.Validity;
import org.supercargo.api.intent.BalanceChange;
import org.supercargo.api.intent.Effect;
import org.supercargo.api.intent.Intent;
import org.supercargo.api.intent.IntentId;
import org.supercargo.api.intent.IntentState;
import org.supercargo.api.intent.Payee;
import org.supercargo.api.intent.Receipt;
import org.supercargo.api.intent.Simulation;
import org.supercargo.api.intent.TransactionId;
import org.supercargo.api.journal.JournalEvent;
import org.supercargo.api.mandate.BudgetKey;
import org.supercargo.api.mandate.Condition;
import org.supercargo.api.mandate.Facts;
import org.supercargo.api.mandate.Reservation;
import org.supercargo.api.mandate.Verdict;
import org.supercargo.api.model.ChatMessage;
import org.supercargo.api.model.ChatReply;
import org.supercargo.api.model.Usage;
import org.supercargo.engine.signing.SignAnswer;

/// At least one value of every permitted type of every sealed family.
final class Samples {
  private static final Asset SOL = new Asset(AssetId.nativeOf(ChainId.SOLANA), "SOL", 9);
  private static final Asset USDC =
      new Asset(AssetId.token(new Address(ChainId.BASE, "0xUSDC")), "USDC", 6);
  private static final Asset ETH = new Asset(AssetId.nativeOf(ChainId.BASE), "ETH", 18);
  private static final Address WALLET = new Address(ChainId.BASE, "0xCaptain");
  private static final Address ALICE = new Address(ChainId.BASE, "0xAlice");
  private static final BigInteger HUGE = new BigInteger("9".repeat(70));
  private static final Instant AT = Instant.parse("2027-01-01T00:00:00.123Z");
  private static final IntentId ID = new IntentId(new TickId(new AgentId("captain"), 7), 2);
  private static final TransactionId TRANSACTION = new TransactionId(ChainId.BASE, "0xabc");
  private static final ActionCall CALL = new ActionCall("c1", "send", "{\"to\": \"älice\"}");
  private static final Payee PAYEE = new Payee("alice", ALICE, Provenance.MANDATE);
  private static final Usage USAGE =
      new Usage(1_000, 200, 30, 10, Amount.parse("0.000123456789", Asset.USD));

  private Samples() {}

  static List<Intent> intents() {
    return List.of(
        new Intent.Transfer(PAYEE, new Amount(USDC, HUGE), "line\nbreak \"quoted\" \u0000 é 🚢"),
        new Intent.Swap(Amount.parse("10", USDC), Amount.parse("0.004", ETH), "uniswap-v3"));
  }

  static List<Effect> effects() {
    return List.of(
        new Effect.Move(USDC.id(), WALLET, ALICE, HUGE),
        new Effect.Exchange(
            WALLET, USDC.id(), BigInteger.TEN, ETH.id(), BigInteger.ONE, WALLET, ALICE),
        new Effect.Approval(USDC.id(), WALLET, ALICE, BigInteger.TWO),
        new Effect.Fee(WALLET, ETH.id(), BigInteger.ZERO),
        new Effect.AccountCreation(WALLET, ALICE, ALICE),
        new Effect.Memo(""),
        new Effect.AuthorityChange(WALLET, "owner"),
        new Effect.Undecodable("selector 0xdeadbeef"));
  }

  static List<Validity> validities() {
    return List.of(new Validity.UntilHeight(Long.MAX_VALUE), new Validity.Nonce(0));
  }

  static List<Verdict> verdicts() {
    return List.of(
        new Verdict.Allow("crew", List.of(new Reservation("crew", USDC.id(), HUGE))),
        new Verdict.NeedsApproval("ask", "why"),
        new Verdict.Deny("default deny", "reason", List.of("one", "two")));
  }

  static List<Condition> conditions() {
    return List.of(
        new Condition.OnChain(Set.of(ChainId.SOLANA, ChainId.BASE)),
        new Condition.Spends(Set.of(SOL.id(), USDC.id(), ETH.id())),
        new Condition.Pays(List.of(PAYEE)),
        new Condition.Buys(Set.of(ETH.id())),
        new Condition.Contracts(Set.of(ALICE, WALLET)),
        new Condition.PerTransaction(Amount.parse("10", USDC)),
        new Condition.UsdPerTransaction(Amount.parse("10", Asset.USD)),
        new Condition.Rolling(Amount.parse("40", USDC), Duration.ofHours(24)),
        new Condition.UsdRolling(Amount.parse("40", Asset.USD), Duration.ofMinutes(90)),
        new Condition.MaximumLoss(new BigDecimal("2.50")));
  }

  static List<ChatMessage> messages() {
    return List.of(
        new ChatMessage.Instructions("be careful"),
        new ChatMessage.Owner("pay alice"),
        new ChatMessage.Assistant("", null, List.of(CALL)),
        new ChatMessage.Assistant("done", "because", List.of()),
        new ChatMessage.Result("c1", "send", "Settled"));
  }

  static List<ChatReply> replies() {
    return List.of(
        new ChatReply.Answer("done", null, USAGE),
        new ChatReply.Calls("", "thinking", List.of(CALL, CALL), Usage.NONE),
        new ChatReply.Unusable(ChatReply.Defect.TRUNCATED, "{\"a", USAGE),
        new ChatReply.Failed(ChatReply.Failure.RATE_LIMITED, "429", Duration.ofMillis(1_500)),
        new ChatReply.Failed(ChatReply.Failure.UNREACHABLE, "", null));
  }

  static List<ActionResult> results() {
    return List.of(
        new ActionResult.Data("2.5 USDC", Provenance.TOOL),
        new ActionResult.Settled(ID.toString(), "paid"),
        new ActionResult.Refused("crew", "too much"),
        new ActionResult.Failed("no"),
        new ActionResult.Unresolved(ID.toString(), "waiting"));
  }

  static List<SignAnswer> answers() {
    return List.of(
        new SignAnswer.Signed(TRANSACTION, Bytes.fromHex("00ff10")),
        new SignAnswer.Refused("effects", "two moves"));
  }

  static Facts facts() {
    return new Facts(
        AT,
        Map.of(
            new BudgetKey("a rule with spaces", USDC.id(), Duration.ofHours(24)), HUGE,
            new BudgetKey("crew", AssetId.USD, Duration.ofMinutes(90)), BigInteger.ZERO,
            new BudgetKey("crew", SOL.id(), Duration.ofDays(7)), BigInteger.ONE));
  }

  static Receipt receipt() {
    return new Receipt(
        TRANSACTION,
        42,
        null,
        List.of(new BalanceChange(ETH.id(), BigInteger.TEN.negate())),
        BigInteger.TEN,
        BigInteger.ZERO);
  }

  static List<JournalEvent> events() {
    var simulation =
        new Simulation(
            "would fail", List.of(new BalanceChange(SOL.id(), HUGE.negate())), List.of("log"));
    return List.of(
        new JournalEvent.TickStarted("goal", "ab12", "offline"),
        new JournalEvent.ModelAsked("cd34", 2),
        new JournalEvent.ModelReplied(replies().getFirst()),
        new JournalEvent.CallRejected(CALL, "unknown"),
        new JournalEvent.ActionReturned(CALL, results().getFirst()),
        new JournalEvent.IntentProposed(CALL, ID, intents().getLast()),
        new JournalEvent.IntentJudged(ID, facts(), verdicts().getFirst()),
        new JournalEvent.IntentConcluded(ID, results().getLast()),
        new JournalEvent.TickEnded(JournalEvent.Outcome.DONE, "all paid"),
        new JournalEvent.TransactionPrepared(ID, 1, effects(), simulation),
        new JournalEvent.TransactionRefused(ID, 1, "signer", "effects", "two moves"),
        new JournalEvent.TransactionSigned(ID, 1, TRANSACTION),
        new JournalEvent.TransactionSent(ID, 1, TRANSACTION, "accepted"),
        new JournalEvent.TransactionFinal(ID, 1, receipt()),
        new JournalEvent.TransactionDead(ID, 1, TRANSACTION, "block 9"),
        new JournalEvent.IntentFinished(ID, IntentState.SETTLED, null),
        new JournalEvent.BalanceObserved(
            ChainId.BASE, ETH.id(), HUGE, BigInteger.ZERO, "equity/opening"));
  }
}
