package org.supercargo.evm.mutation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.supercargo.api.Bytes;
import org.supercargo.api.chain.DecodingHints;
import org.supercargo.api.intent.Effect;
import org.supercargo.api.mandate.Mandate;
import org.supercargo.evm.EvmCodec;

/// Whatever is done to honest bytes, they are refused or are still exactly what the intent says.
///
/// `proof.mutants` sets how many are tried, `proof.seed` which.
class TransactionMutantsTest {
  private static final long MUTANTS = Long.getLong("proof.mutants", 20_000);
  private static final long SEED = Long.getLong("proof.seed", 20_261_123);
  private static final Mandate MANDATE = Specimens.mandate();
  private static final EvmCodec CODEC = new EvmCodec();

  private static final MutantTrial.Judge JUDGE =
      new MutantTrial.Judge() {
        @Override
        public List<Effect> effects(Specimen specimen, Bytes bytes) {
          return CODEC.decode(
              specimen.intent().chain(),
              bytes,
              specimen.wallet(),
              DecodingHints.of(specimen.intent()));
        }

        @Override
        public boolean accepts(Specimen specimen, List<Effect> effects) {
          return MANDATE.judgeEffects(
                  specimen.intent(), specimen.rule(), specimen.wallet(), effects, Specimens.NOW)
              == null;
        }
      };

  static List<Specimen> specimens() {
    return Specimens.all();
  }

  @ParameterizedTest
  @MethodSource("specimens")
  void honest_bytes_are_accepted_and_written_alike_by_both(Specimen specimen) {
    List<Effect> effects = JUDGE.effects(specimen, specimen.honest());
    assertThat(
            MANDATE.judgeEffects(
                specimen.intent(), specimen.rule(), specimen.wallet(), effects, Specimens.NOW))
        .as("%s", effects)
        .isNull();
    assertThat(SecondOpinion.of(specimen, specimen.honest()))
        .isEqualTo(
            new SecondOpinion.Agreement(
                CODEC.signingPayload(Specimens.BASE, specimen.honest(), specimen.wallet()),
                CODEC
                    .exclusion(Specimens.BASE, specimen.honest(), specimen.wallet())
                    .orElseThrow()));
  }

  @Test
  void no_mutant_is_accepted_that_is_not_what_its_intent_says() {
    var trial = new MutantTrial(JUDGE, CODEC);
    trial.run(new MutantGenerator(Specimens.all(), SEED), MUTANTS);
    System.out.println("seed " + SEED + ", " + trial.total());
    trial.byKind().forEach((kind, count) -> System.out.println("  " + kind + ": " + count));
    assertThat(trial.complaints()).isEmpty();
    assertThat(trial.total().all()).isEqualTo(MUTANTS);
    assertThat(trial.byKind()).hasSize(MutantGenerator.Kind.values().length);
    assertThat(trial.total().accepted()).as("mutants of what is free").isPositive();
    assertThat(trial.total().undecodable()).isPositive();
    assertThat(trial.total().differing()).isPositive();
  }

  @Test
  void a_judge_that_accepts_anything_is_caught() {
    var credulous =
        new MutantTrial.Judge() {
          @Override
          public List<Effect> effects(Specimen specimen, Bytes bytes) {
            return JUDGE.effects(specimen, bytes);
          }

          @Override
          public boolean accepts(Specimen specimen, List<Effect> effects) {
            return effects.stream().noneMatch(Effect.Undecodable.class::isInstance);
          }
        };
    var trial = new MutantTrial(credulous, CODEC);
    trial.run(new MutantGenerator(Specimens.all(), SEED), 2_000);
    assertThat(trial.complaints()).isNotEmpty();
  }

  @Test
  void random_bytes_never_throw() {
    var random = new Random(SEED);
    Specimen specimen = Specimens.all().getFirst();
    List<String> beginnings = List.of("", "02", "1901", "19", "04", "f8");
    for (int i = 0; i < 20_000; i++) {
      byte[] noise = new byte[random.nextInt(500)];
      random.nextBytes(noise);
      Bytes bytes =
          Bytes.of(Words.start(beginnings.get(i % beginnings.size())).bytes(noise).toArray());
      assertThat(JUDGE.effects(specimen, bytes))
          .as("bytes %d of seed %d", i, SEED)
          .singleElement()
          .isInstanceOf(Effect.Undecodable.class);
    }
  }
}
