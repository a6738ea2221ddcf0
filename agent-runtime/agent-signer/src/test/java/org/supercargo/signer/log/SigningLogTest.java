package org.supercargo.signer.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.supercargo.api.Bytes;
import org.supercargo.api.SupercargoException;
import org.supercargo.api.SupercargoException.Category;
import org.supercargo.api.action.Provenance;
import org.supercargo.api.agent.AgentId;
import org.supercargo.api.agent.TickId;
import org.supercargo.api.asset.Address;
import org.supercargo.api.asset.Amount;
import org.supercargo.api.asset.Asset;
import org.supercargo.api.asset.AssetId;
import org.supercargo.api.asset.ChainId;
import org.supercargo.api.intent.Intent;
import org.supercargo.api.intent.IntentId;
import org.supercargo.api.intent.Payee;
import org.supercargo.api.intent.TransactionId;
import org.supercargo.api.mandate.BudgetKey;
import org.supercargo.api.mandate.Reservation;
import org.supercargo.engine.json.DomainJson;

class SigningLogTest {
  private static final DomainJson JSON = new DomainJson();
  private static final AgentId AGENT = new AgentId("treasurer");
  private static final Instant START = Instant.parse("2027-01-01T00:00:00Z");
  private static final Asset SOL = new Asset(AssetId.nativeOf(ChainId.SOLANA), "SOL", 9);
  private static final Address WALLET = new Address(ChainId.SOLANA, "wallet");
  private static final BudgetKey BUDGET = new BudgetKey("pay", SOL.id(), Duration.ofHours(24));

  @TempDir Path temporary;

  private Path home() {
    return temporary.resolve("home");
  }

  private Path file() {
    return home().resolve("signatures.log");
  }

  private SigningLog open() {
    return SigningLog.open(home(), JSON);
  }

  private static IntentId intent(int number) {
    return new IntentId(new TickId(AGENT, number), 0);
  }

  private static SigningRecord record(int number, int attempt, SigningStep step, Instant at) {
    Amount amount = Amount.ofBaseUnits(SOL, number);
    var payee = new Payee("ålice", new Address(ChainId.SOLANA, "alice"), Provenance.MANDATE);
    return new SigningRecord(
        at,
        intent(number),
        attempt,
        step,
        WALLET,
        new Intent.Transfer(payee, amount, "memo ☃ \"quoted\"\n"),
        "pay",
        List.of(new Reservation("pay", SOL.id(), amount.baseUnits())),
        SigningRecord.digest(Bytes.of(new byte[] {(byte) number, (byte) attempt})),
        new TransactionId(ChainId.SOLANA, "transaction " + number));
  }

  private static SigningRecord record(int number) {
    return record(number, 1, SigningStep.MOVE, START.plusSeconds(number));
  }

  private byte[] written(int records) throws Exception {
    try (SigningLog log = open()) {
      for (int number = 1; number <= records; number++) {
        log.append(record(number));
      }
    }
    return Files.readAllBytes(file());
  }

  private static BigInteger spent(SigningLog log, Instant now) {
    return log.spent(AGENT, BUDGET, now.minus(BUDGET.window()), intent(999));
  }

  @Test
  void what_is_appended_is_found_again_after_a_restart() {
    String head;
    try (SigningLog log = open()) {
      assertThat(log.head()).isEqualTo("0".repeat(64));
      log.append(record(1, 1, SigningStep.APPROVE, START));
      log.append(record(1, 2, SigningStep.MOVE, START));
      log.append(record(2));
      head = log.head();
    }
    try (SigningLog log = open()) {
      assertThat(log.records()).isEqualTo(3);
      assertThat(log.head()).isEqualTo(head);
      SignedIntent first = log.find(intent(1)).orElseThrow();
      assertThat(first.attempts()).extracting(a -> a.number()).containsExactly(1, 2);
      assertThat(first.has(SigningStep.APPROVE)).isTrue();
      assertThat(first.has(SigningStep.MOVE)).isTrue();
      assertThat(log.find(intent(3))).isEmpty();
      assertThat(log.signedFor(first.attempts().getFirst().fingerprint())).contains(intent(1));
      assertThat(spent(log, START)).as("intent 1 counts once").isEqualTo(BigInteger.valueOf(3));
    }
  }

  @Test
  void sums_count_each_intent_once_within_the_window_and_leave_out_the_one_asked_for() {
    try (SigningLog log = open()) {
      log.append(record(10, 1, SigningStep.APPROVE, START));
      log.append(record(10, 2, SigningStep.MOVE, START.plus(Duration.ofHours(2))));
      log.append(record(5, 1, SigningStep.MOVE, START.plus(Duration.ofHours(3))));
      Instant now = START.plus(Duration.ofHours(3));
      assertThat(spent(log, now)).isEqualTo(BigInteger.valueOf(15));
      assertThat(log.spent(AGENT, BUDGET, START, intent(10))).isEqualTo(BigInteger.valueOf(5));
      assertThat(log.spent(new AgentId("other"), BUDGET, START, intent(10))).isZero();
      assertThat(spent(log, START.plus(Duration.ofHours(26)))).isEqualTo(BigInteger.valueOf(15));
      assertThat(spent(log, START.plus(Duration.ofHours(26)).plusNanos(1)))
          .isEqualTo(BigInteger.valueOf(5));
      var otherRule = new BudgetKey("other", SOL.id(), BUDGET.window());
      assertThat(log.spent(AGENT, otherRule, START, intent(99))).isZero();
    }
  }

  @Test
  void a_change_of_any_byte_is_found_with_its_line() throws Exception {
    byte[] whole = written(5);
    long seed = 20261123;
    var random = new Random(seed);
    for (int round = 0; round < 2_000; round++) {
      // The first rounds go through every byte of the last line, its end included.
      int at = round < 900 ? whole.length - 1 - round : random.nextInt(whole.length);
      byte[] changed = whole.clone();
      changed[at] = (byte) (changed[at] ^ (1 << random.nextInt(8)));
      Files.write(file(), changed);
      int line = 1 + (int) new String(whole, 0, at, UTF_8).chars().filter(c -> c == '\n').count();
      assertThatThrownBy(this::open)
          .as("byte %s flipped, round %s of seed %s", at, round, seed)
          .isInstanceOf(SupercargoException.class)
          .hasMessageMatching("Line [0-9]+ of .* is not what the signer wrote")
          .hasMessageContaining("Line " + line + " of");
    }
  }

  @Test
  void lines_that_are_removed_repeated_or_swapped_are_found() throws Exception {
    List<String> lines = new String(written(4), UTF_8).lines().toList();
    List<List<Integer>> orders =
        List.of(List.of(1, 2, 3), List.of(0, 2, 3), List.of(0, 0, 1), List.of(1, 0, 2));
    for (List<Integer> order : orders) {
      String text = String.join("\n", order.stream().map(lines::get).toList()) + "\n";
      Files.writeString(file(), text);
      assertThatThrownBy(this::open)
          .as("lines in the order %s", order)
          .hasMessageContaining("is not what the signer wrote");
    }
    Files.writeString(file(), String.join("\n\n", lines) + "\n");
    assertThatThrownBy(this::open).hasMessageContaining("Line 2 of");
  }

  @Test
  void a_last_line_cut_short_anywhere_is_removed_and_the_log_goes_on() throws Exception {
    byte[] two = written(2);
    byte[] three;
    try (SigningLog log = open()) {
      log.append(record(3));
      three = Files.readAllBytes(file());
    }
    for (int size = two.length; size < three.length - 1; size++) {
      Files.write(file(), Arrays.copyOf(three, size));
      try (SigningLog log = open()) {
        assertThat(log.records()).as("cut to %s bytes", size).isEqualTo(2);
        log.append(record(3));
      }
      assertThat(Files.readAllBytes(file())).as("cut to %s bytes", size).isEqualTo(three);
    }
  }

  @Test
  void a_whole_last_line_without_its_end_is_kept() throws Exception {
    byte[] three = written(3);
    Files.write(file(), Arrays.copyOf(three, three.length - 1));
    try (SigningLog log = open()) {
      assertThat(log.records()).isEqualTo(3);
    }
    assertThat(Files.readAllBytes(file())).isEqualTo(three);
  }

  @Test
  void zeros_after_a_power_failure_are_removed_and_other_rests_refused() throws Exception {
    byte[] two = written(2);
    Files.write(file(), new byte[4096], StandardOpenOption.APPEND);
    try (SigningLog log = open()) {
      assertThat(log.records()).isEqualTo(2);
    }
    assertThat(Files.readAllBytes(file())).isEqualTo(two);
    Files.writeString(file(), "{\"sequence\":4", StandardOpenOption.APPEND);
    assertThatThrownBy(this::open).hasMessageContaining("Line 3 of");
  }

  @Test
  void a_second_writer_is_refused() {
    try (SigningLog first = open()) {
      assertThatThrownBy(this::open)
          .isInstanceOf(SupercargoException.class)
          .hasMessageContaining("Another signer is using");
      first.append(record(1));
    }
    open().close();
  }

  @Test
  void a_log_that_failed_once_takes_nothing_more() {
    SigningLog log = open();
    log.close();
    assertThatThrownBy(() -> log.append(record(1)))
        .isInstanceOfSatisfying(
            SupercargoException.class, e -> assertThat(e.category()).isEqualTo(Category.EXTERNAL));
    try (SigningLog again = open()) {
      assertThat(again.records()).isZero();
    }
  }

  @Test
  void recorded_times_never_run_backwards() {
    try (SigningLog log = open()) {
      log.append(record(1, 1, SigningStep.MOVE, START));
      SigningRecord second = log.append(record(2, 1, SigningStep.MOVE, START.minusSeconds(60)));
      assertThat(second.at()).isEqualTo(START);
    }
  }

  @Test
  void an_interrupted_thread_does_not_close_the_log() {
    try (SigningLog log = open()) {
      Thread.currentThread().interrupt();
      log.append(record(1));
      assertThat(Thread.interrupted()).isTrue();
      log.append(record(2));
      assertThat(log.records()).isEqualTo(2);
    }
  }

  @Test
  void the_file_is_closed_to_others() throws Exception {
    written(1);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
        .isEqualTo("rw-------");
  }
}
