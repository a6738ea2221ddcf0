package org.supercargo.engine.json;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.supercargo.api.Bytes;
import org.supercargo.api.action.ActionCall;
import org.supercargo.api.action.ActionResult;
import org.supercargo.api.action.ActionSpec;
import org.supercargo.api.action.Parameter;
import org.supercargo.api.action.ParameterType;
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
import org.supercargo.api.mandate.ApprovalTerms;
import org.supercargo.api.mandate.BudgetKey;
import org.supercargo.api.mandate.Cap;
import org.supercargo.api.mandate.Condition;
import org.supercargo.api.mandate.Facts;
import org.supercargo.api.mandate.Field;
import org.supercargo.api.mandate.MarketCondition;
import org.supercargo.api.mandate.Price;
import org.supercargo.api.mandate.Reservation;
import org.supercargo.api.mandate.SignedApproval;
import org.supercargo.api.mandate.Verdict;
import org.supercargo.api.memory.MemoryNote;
import org.supercargo.api.model.Attestation;
import org.supercargo.api.model.ChatMessage;
import org.supercargo.api.model.ChatReply;
import org.supercargo.api.model.Effort;
import org.supercargo.api.model.Prompt;
import org.supercargo.api.model.Usage;
import org.supercargo.api.plan.SubGoal;
import org.supercargo.engine.signing.SignAnswer;

/// At least one value of every permitted type of every sealed family.
final class Samples {
  private static final Asset SOL = new Asset(AssetId.nativeOf(ChainId.SOLANA), "SOL", 9);
  private static final Asset USDC =
      new Asset(AssetId.token(new Address(ChainId.BASE, "0xUSDC")), "USDC", 6);
  private static final Asset ETH = new Asset(AssetId.nativeOf(ChainId.BASE), "ETH", 18);
  private static final Address WALLET = new Address(ChainId.BASE, "0xCaptain");
  private static final Address ALICE = new Address(ChainId.BASE, "0xAlice");
  private static final Address HOME = new Address(ChainId.OFF_CHAIN, "1 Quay Street: rear");
  private static final BigInteger HUGE = new BigInteger("9".repeat(70));
  private static final Instant AT = Instant.parse("2027-01-01T00:00:00.123Z");
  private static final IntentId ID = new IntentId(new TickId(new AgentId("captain"), 7), 2);
  private static final TransactionId TRANSACTION = new TransactionId(ChainId.BASE, "0xabc");
  private static final ActionCall CALL = new ActionCall("c1", "send", "{\"to\": \"älice\"}");
  private static final Payee PAYEE = new Payee("alice", ALICE, Provenance.MANDATE);
  private static final Usage USAGE =
      new Usage(1_000, 200, 30, 10, Amount.parse("0.000123456789", Asset.USD));

  private static final Reservation RESERVATION =
      new Reservation("crew", USDC.id(), HUGE, ALICE.text(), USDC.id());
  private static final ApprovalTerms TERMS =
      new ApprovalTerms(Set.of("ops", "cfo"), 2, Duration.ofMinutes(10), Duration.ofDays(1));
  private static final Bytes DIGEST = Bytes.fromHex("ab".repeat(32));
  private static final MemoryNote NOTE =
      new MemoryNote("alice prefers base", Provenance.MODEL, 7, AT);

  private Samples() {}

  static List<Intent> intents() {
    return List.of(
        new Intent.Transfer(PAYEE, new Amount(USDC, HUGE), "line\nbreak \"quoted\" \u0000 é 🚢"),
        new Intent.Call(
            ALICE,
            "claim(address,uint256)",
            List.of(WALLET.text(), "7"),
            Amount.parse("0.1", ETH),
            Amount.parse("0", ETH)),
        new Intent.Payment(
            PAYEE,
            Amount.parse("0.01", USDC),
            "api.example.com",
            "/weather",
            "{\"accepted\":{\"scheme\":\"exact\"}}"),
        new Intent.Order(
            "coffee.example",
            List.of(new Intent.Order.Item("beans", 2)),
            new Payee("home", HOME, Provenance.MANDATE),
            Amount.parse("31.50", Asset.USD)),
        new Intent.Swap(Amount.parse("10", USDC), Amount.parse("0.004", ETH), "uniswap-v3"));
  }

  static List<Effect> effects() {
    return List.of(
        new Effect.Move(USDC.id(), WALLET, ALICE, HUGE),
        new Effect.Exchange(
            WALLET, USDC.id(), BigInteger.TEN, ETH.id(), BigInteger.ONE, WALLET, ALICE),
        new Effect.Approval(USDC.id(), WALLET, ALICE, BigInteger.TWO),
        new Effect.Fee(WALLET, ETH.id(), BigInteger.TWO, BigInteger.ONE),
        new Effect.Call(WALLET, ALICE, "claim(uint256)", List.of("7"), BigInteger.ZERO),
        new Effect.AccountCreation(WALLET, ALICE, ALICE, BigInteger.TEN),
        new Effect.Authorization(
            USDC.id(), WALLET, ALICE, BigInteger.TWO, Instant.EPOCH, Instant.EPOCH.plusSeconds(60)),
        new Effect.Memo(""),
        new Effect.AuthorityChange(WALLET, "owner"),
        new Effect.Undecodable("selector 0xdeadbeef"));
  }

  static List<Validity> validities() {
    return List.of(
        new Validity.UntilHeight(Long.MAX_VALUE),
        new Validity.UntilTime(1_790_000_300L),
        new Validity.Nonce(0));
  }

  static List<Verdict> verdicts() {
    return List.of(
        new Verdict.Allow("crew", List.of(RESERVATION)),
        new Verdict.NeedsApproval("ask", "why", TERMS, List.of(RESERVATION)),
        new Verdict.Deny("default deny", "reason", List.of("one", "two")));
  }

  static List<Condition> conditions() {
    return List.of(
        new Condition.OnChain(Set.of(ChainId.SOLANA, ChainId.BASE)),
        new Condition.Spends(Set.of(SOL.id(), USDC.id(), ETH.id())),
        new Condition.Pays(List.of(PAYEE)),
        new Condition.Buys(Set.of(ETH.id())),
        new Condition.Contracts(Set.of(ALICE, WALLET)),
        new Condition.Hosts(Set.of("api.example.com", "b.example")),
        new Condition.Shops(Set.of("coffee.example")),
        new Condition.Products(Map.of("beans", 2, "cups", 1)),
        new Condition.Functions(Set.of("claim(uint256)")),
        new Condition.Argument(1, Set.of("7", "8")),
        new Condition.Above(Amount.parse("500", USDC)),
        new Condition.KnownFor(Duration.ofHours(24)),
        new Condition.During(
            Set.of(DayOfWeek.MONDAY, DayOfWeek.FRIDAY),
            LocalTime.of(9, 0),
            LocalTime.of(17, 30),
            ZoneId.of("Europe/Berlin")),
        new Condition.Origin(Field.AMOUNT, Set.of(Provenance.OWNER)),
        new Cap.PerTransaction(Amount.parse("10", USDC)),
        new Cap.Budget(Amount.parse("40", USDC), Duration.ofHours(24), BudgetKey.Per.PAYEE),
        new Cap.Budget(Amount.parse("40", Asset.USD), null, BudgetKey.Per.AGENT),
        new Cap.Count(3, Duration.ofDays(1), BudgetKey.Per.ASSET),
        new Cap.ShareOfBalance(new BigDecimal("12.5")),
        new MarketCondition.MaximumLoss(new BigDecimal("2.50")),
        new MarketCondition.MaximumSlippage(new BigDecimal("1")));
  }

  static List<ChatMessage> messages() {
    return List.of(
        new ChatMessage.Instructions("be careful"),
        new ChatMessage.Owner("pay alice"),
        new ChatMessage.Notice("nothing was paid"),
        new ChatMessage.Assistant("", null, List.of(CALL)),
        new ChatMessage.Assistant("done", "because", List.of()),
        new ChatMessage.Result("c1", "send", "Settled"));
  }

  /// One that shows new actions, and one that shows the same as before.
  private static List<Prompt> prompts() {
    var to = new Parameter("to", "who", ParameterType.PAYEE, true, List.of());
    return List.of(
        new Prompt(
            "cd34",
            0,
            messages(),
            List.of(
                new ActionSpec(
                    "send", "Pays.", ActionSpec.Kind.EFFECT, List.of(to), List.of("pay alice")))),
        new Prompt("ef56", 3, List.of(), null));
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
        new ActionResult.Awaiting(ID.toString(), "people"),
        new ActionResult.Unresolved(ID.toString(), "waiting"));
  }

  static List<SignAnswer> answers() {
    return List.of(
        new SignAnswer.Signed(TRANSACTION, Bytes.fromHex("00ff10")),
        new SignAnswer.Refused("effects", "two moves"),
        new SignAnswer.Halted(SignAnswer.Cause.STOPPED, "stopped", "resume"));
  }

  static Facts facts() {
    return new Facts(
        AT,
        Map.of(
            new BudgetKey(
                "a rule with spaces", USDC.id(), Duration.ofHours(24), BudgetKey.Per.AGENT),
            HUGE,
            new BudgetKey("crew", AssetId.USD, null, BudgetKey.Per.PAYEE),
            BigInteger.ZERO,
            new BudgetKey("crew", BudgetKey.INTENTS, Duration.ofDays(7), BudgetKey.Per.ASSET),
            BigInteger.ONE),
        AT,
        BigInteger.TEN,
        List.of(new Price(ETH.id(), new BigDecimal("3000.5"), AT, "chainlink")),
        Map.of(Field.PAYEE, Provenance.MANDATE, Field.AMOUNT, Provenance.MODEL),
        Map.of("ops", AT));
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
        new JournalEvent.ModelAsked(
            "deepseek/deepseek-flash",
            Effort.HIGH,
            4_096,
            "the cheapest",
            Amount.parse("0.000123456789", Asset.USD),
            6_000,
            prompts().getFirst()),
        new JournalEvent.ModelAsked(
            "offline",
            Effort.DEFAULT,
            0,
            "the only one",
            Amount.zero(Asset.USD),
            0,
            prompts().getLast()),
        new JournalEvent.ModelReplied(replies().getFirst()),
        new JournalEvent.ModelReplyLost("deepseek/deepseek-flash"),
        new JournalEvent.ModelWithheld("BUDGET", "0.02 USD per run are spent"),
        new JournalEvent.ModelAttested(
            "enclave/large",
            new Attestation(DIGEST, "{\"quote\": \"00\"}", "the nonce"),
            "as announced"),
        new JournalEvent.ModelAttested("deepseek", null, "it attests nothing"),
        new JournalEvent.ModelEscalated(1, "two replies were unusable"),
        new JournalEvent.RepeatsRemoved(4, "the same call was rejected twice"),
        new JournalEvent.GoalDivided(
            List.of(
                new SubGoal("look", "see what is left", "the balance is known", List.of()),
                new SubGoal("pay", "pay älice", "she is paid", List.of("look")))),
        new JournalEvent.WorkReviewed("pay", "facts", "nothing was paid"),
        new JournalEvent.MemoryRecalled(List.of(NOTE)),
        new JournalEvent.MemoryWritten(NOTE),
        new JournalEvent.OrderChecked("stop-loss", "2 499.5 USDC", true, "at or below 2500"),
        new JournalEvent.CallRejected(CALL, "unknown"),
        new JournalEvent.ActionReturned(CALL, results().getFirst()),
        new JournalEvent.IntentProposed(
            CALL, ID, intents().getLast(), Map.of(Field.AMOUNT, Provenance.OWNER)),
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
        new JournalEvent.ApprovalRequested(
            ID, intents().getFirst(), "ask", TERMS, effects(), simulation, DIGEST),
        new JournalEvent.ApprovalCounted(
            new SignedApproval(ID, DIGEST, "ops", true, AT, Bytes.fromHex("01".repeat(64)))),
        new JournalEvent.IntentRecovered(ID, intents().getFirst(), "crew"),
        new JournalEvent.AlarmRaised("1 ETH left", "unknown"),
        new JournalEvent.AlarmCleared("moved by hand"),
        new JournalEvent.BalanceObserved(
            ChainId.BASE, ETH.id(), HUGE, BigInteger.ZERO, "equity/opening"));
  }
}
