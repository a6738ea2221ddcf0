package org.supercargo.solana.mutants;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.supercargo.api.asset.Address;
import org.supercargo.api.asset.Amount;
import org.supercargo.api.asset.ChainId;
import org.supercargo.api.chain.DecodingHints;
import org.supercargo.api.intent.Effect;
import org.supercargo.api.intent.Intent;
import org.supercargo.api.mandate.FeeLimit;
import org.supercargo.api.mandate.Mandate;
import org.supercargo.api.mandate.Rule;
import org.supercargo.api.mandate.Valuations;
import org.supercargo.api.mandate.Verdict;
import org.supercargo.solana.AddressLookupTable;
import org.supercargo.solana.SolanaCodec;
import org.supercargo.solana.TokenProgram;
import org.supercargo.solana.mutants.Meaning.Free;
import org.supercargo.solana.mutants.Mutants.Mutant;

/// Whatever a builder does to the bytes of a payment: what the mandate accepts means the payment.
///
/// Each mutant that is accepted is read by a [SecondOpinion], which then builds the payment from
/// the intent alone and from what an intent leaves free: blockhash, compute unit limit and price
/// within the fee limits, whether the payee's account is created, and the order of accounts and of
/// instructions that do not depend on each other. Both must be equal.
///
/// Two fields more are free, because the bytes do not tell which value is right and because a wrong
/// one can only make the transaction fail: the decimals, which the token program compares with the
/// mint's, and which of the two token programs it is, of which one owns the mint and knows its
/// accounts. Those mutants are counted apart.
class MutantProofTest {
  private static final long SEED = Long.getLong("proof.seed", 20_261_123);
  private static final int MUTANTS = Integer.getInteger("proof.mutants", 20_000);
  private static final String RULE = "crew";
  private static final Address WALLET =
      new Address(ChainId.SOLANA, "AKnL4NNf3DGWZJS6cPknBuEGnVsV4A4m5tgebLHaRSZ9");
  private static final Address PAYEE =
      new Address(ChainId.SOLANA, "9hSR6S7WPtxmTojgo6GG3k4yDPecgJY292j7xrsUGWBu");
  private static final FeeLimit FEES =
      new FeeLimit(sol(2_200_000), sol(50_000), sol(1_000_000_000), Duration.ofDays(1));
  private static final Mandate MANDATE =
      new Mandate(
          Instant.MAX,
          Map.of(ChainId.SOLANA, FEES),
          Valuations.NONE,
          null,
          List.of(),
          Map.of(),
          List.of(
              new Rule(RULE, Rule.Decision.ALLOW, null, Set.of(Intent.Kind.TRANSFER), List.of())));

  private final List<HonestPayment> payments = new HonestPayments(WALLET, PAYEE).all();
  private final Mutants mutants = new Mutants(SEED, payments);
  private final SecondOpinion secondOpinion = new SecondOpinion();
  private final SolanaCodec codec = new SolanaCodec();

  private static Amount sol(long lamports) {
    return Amount.ofBaseUnits(HonestPayments.SOL, lamports);
  }

  private static Map<String, List<String>> tables(HonestPayment payment) {
    var tables = new HashMap<String, List<String>>();
    for (AddressLookupTable table : payment.tables()) {
      tables.put(
          table.address().bytes().hex(),
          table.entries().stream().map(entry -> entry.bytes().hex()).toList());
    }
    return tables;
  }

  private enum Outcome {
    /// The mutant is the honest message.
    UNCHANGED,
    /// Refused, because not everything in it is understood.
    UNDECODABLE,
    /// Refused, because it is understood and is not the payment.
    DIFFERENT,
    /// Accepted, and the same payment.
    EQUAL,
    /// Accepted, and the same payment or nothing: a wrong number in it only makes it fail.
    FAILS_ON_CHAIN
  }

  @Test
  void an_honest_payment_is_accepted_and_means_itself() {
    for (HonestPayment payment : payments) {
      var honest = new Mutant(payment, payment.message(), List.of());
      assertThat(judged(honest, -1, this::accepts)).as("%s", payment).isEqualTo(Outcome.EQUAL);
    }
  }

  @Test
  void what_is_accepted_means_the_payment() {
    var counts = new TreeMap<Outcome, Integer>();
    long started = System.nanoTime();
    for (int number = 0; number < MUTANTS; number++) {
      Mutant mutant = mutants.mutant(number);
      Outcome outcome = outcome(mutant, number, this::accepts);
      counts.merge(outcome, 1, Integer::sum);
    }
    System.out.printf(
        "%d Solana mutants of seed %d in %d s: %s%n",
        MUTANTS, SEED, (System.nanoTime() - started) / 1_000_000_000, counts);
    // Otherwise the comparisons above would say little.
    for (Outcome outcome : List.of(Outcome.EQUAL, Outcome.DIFFERENT, Outcome.UNDECODABLE)) {
      assertThat(counts.get(outcome)).as("%s", outcome).isGreaterThan(MUTANTS / 50);
    }
  }

  @Test
  void a_judge_who_overlooks_what_cannot_be_decoded_is_caught() {
    int caught = 0;
    for (int number = 0; number < 2_000; number++) {
      try {
        outcome(mutants.mutant(number), number, this::overlooks);
      } catch (AssertionError _) {
        caught++;
      }
    }
    assertThat(caught).as("mutants that do something else and would pass").isGreaterThan(50);
  }

  private boolean accepts(Judged judged) {
    return refusal(judged.payment(), judged.effects()) == null;
  }

  private boolean overlooks(Judged judged) {
    List<Effect> seen =
        judged.effects().stream()
            .filter(effect ->
                !(effect instanceof Effect.Undecodable || effect instanceof Effect.AuthorityChange))
            .toList();
    return refusal(judged.payment(), seen) == null;
  }

  private record Judged(HonestPayment payment, List<Effect> effects) {}

  private static Verdict.@Nullable Deny refusal(HonestPayment payment, List<Effect> effects) {
    return MANDATE.judgeEffects(payment.intent(), RULE, WALLET, effects, Instant.EPOCH);
  }

  private Outcome outcome(Mutant mutant, int number, Predicate<Judged> judge) {
    return mutant.message().equals(mutant.payment().message())
        ? Outcome.UNCHANGED
        : judged(mutant, number, judge);
  }

  private Outcome judged(Mutant mutant, int number, Predicate<Judged> judge) {
    List<Effect> effects = decode(mutant, number);
    if (!judge.test(new Judged(mutant.payment(), effects))) {
      return effects.stream().anyMatch(Effect.Undecodable.class::isInstance)
          ? Outcome.UNDECODABLE
          : Outcome.DIFFERENT;
    }
    Meaning read = read(mutant, number);
    Free free = read.free();
    assertThat(read)
        .as(() -> describe(mutant, number))
        .isEqualTo(secondOpinion.build(mutant.payment().intent(), WALLET, free));
    assertThat(read.tip())
        .as(() -> describe(mutant, number))
        .isLessThanOrEqualTo(units(FEES.tip()));
    assertThat(read.signatureFee().add(read.tip()))
        .as(() -> describe(mutant, number))
        .isLessThanOrEqualTo(units(FEES.perTransaction()));
    if (!isRight(free, mutant.payment())) {
      return Outcome.FAILS_ON_CHAIN;
    }
    assertThat(free.memo() || mutant.payment().intent().memo().isBlank())
        .as(() -> "a payment without its memo: " + describe(mutant, number))
        .isTrue();
    return Outcome.EQUAL;
  }

  private static BigInteger units(Amount amount) {
    return amount.baseUnits();
  }

  private static boolean isRight(Free free, HonestPayment payment) {
    if (payment.tokenProgram() == null) {
      return true;
    }
    String program =
        payment.tokenProgram() == TokenProgram.TOKEN ? Meaning.TOKEN : Meaning.TOKEN_2022;
    return free.tokenProgram().equals(program)
        && free.decimals().equals("%02x".formatted(payment.intent().amount().asset().decimals()));
  }

  private List<Effect> decode(Mutant mutant, int number) {
    try {
      return codec.decode(
          ChainId.SOLANA,
          mutant.message(),
          WALLET,
          DecodingHints.of(mutant.payment().intent()),
          mutant.payment().tables());
    } catch (RuntimeException thrown) {
      return fail("Decoding threw for " + describe(mutant, number), thrown);
    }
  }

  private Meaning read(Mutant mutant, int number) {
    try {
      return secondOpinion.read(mutant.message(), tables(mutant.payment()));
    } catch (IllegalArgumentException | IndexOutOfBoundsException refused) {
      return fail("Accepted, but no message: " + describe(mutant, number), refused);
    }
  }

  private static String describe(Mutant mutant, int number) {
    return "mutant %d of seed %d of \"%s\", made by %s: %s"
        .formatted(number, SEED, mutant.payment(), mutant.changes(), mutant.message().hex());
  }
}
