package org.supercargo.proof.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collection;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/// Runs the benchmarks: `mvn -pl agent-runtime/agent-proof -Pbenchmark test`.
@EnabledIfSystemProperty(named = "proof.benchmark", matches = "true")
class BenchmarkTest {
  /// Microseconds for all that a mandate is asked about one intent.
  private static final double GOAL = 1_000;

  private static Collection<RunResult> run(Class<?> benchmark) throws RunnerException {
    return new Runner(
            new OptionsBuilder()
                .include(benchmark.getName())
                .forks(1)
                .warmupIterations(3)
                .warmupTime(TimeValue.seconds(5))
                .measurementIterations(5)
                .measurementTime(TimeValue.seconds(5))
                .jvmArgsAppend(
                    "-Dsupercargo.home=" + System.getProperty("supercargo.home", "."), "-Xmx1g")
                .shouldFailOnError(true)
                .build())
        .run();
  }

  private static double percentile(RunResult result, double rank) {
    return result.getPrimaryResult().getStatistics().getPercentile(rank);
  }

  private static void print(RunResult result) {
    System.out.printf(
        "%s: p50 %.1f, p99 %.1f, p99.9 %.1f µs%n",
        result.getParams().getBenchmark(),
        percentile(result, 50),
        percentile(result, 99),
        percentile(result, 99.9));
  }

  @Test
  void aMandateOfThirtyRulesJudgesWithinAMillisecond() throws RunnerException {
    for (RunResult result : run(MandateBenchmark.class)) {
      print(result);
      assertThat(result.getParams().getTimeUnit()).isEqualTo(TimeUnit.MICROSECONDS);
      assertThat(percentile(result, 99)).as("p99 in microseconds").isLessThanOrEqualTo(GOAL);
    }
  }

  @Test
  void signaturesTakeWhatTheyTake() throws RunnerException {
    Collection<RunResult> results = run(SigningBenchmark.class);
    results.forEach(BenchmarkTest::print);
    assertThat(results).hasSize(4);
  }
}
