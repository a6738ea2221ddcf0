package org.supercargo.signer.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.supercargo.signer.log.Records.AGENT;
import static org.supercargo.signer.log.Records.START;
import static org.supercargo.signer.log.Records.daily;
import static org.supercargo.signer.log.Records.ever;
import static org.supercargo.signer.log.Records.intent;
import static org.supercargo.signer.log.Records.payment;
import static org.supercargo.signer.log.Records.signing;

import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.supercargo.api.Bytes;
import org.supercargo.api.SupercargoException;
import org.supercargo.api.SupercargoException.Category;
import org.supercargo.api.agent.AgentId;
import org.supercargo.api.asset.Address;
import org.supercargo.api.asset.ChainId;

class SigningLogTest {
  @TempDir Path temporary;

  private Path home() {
    return temporary.resolve("home");
  }

  private Path file() {
    return home().resolve("signatures.log");
  }

  private SigningLog open() {
    return SigningLog.open(home(), Records.DAY, Records.JSON);
  }

  /// As after a crash before anything but the log itself was touched.
  private void forgetHead() throws Exception {
    Files.delete(home().resolve("signatures.head"));
  }

  private byte[] written(int records) throws Exception {
    try (SigningLog log = open()) {
      for (int number = 1; number <= records; number++) {
        log.append(payment(number));
      }
    }
    return Files.readAllBytes(file());
  }

  @Test
  void what_is_appended_is_found_again_after_a_restart() {
    String head;
    SigningRecord approval = signing(1, intent(1), 1, SigningStep.APPROVE, 0, START);
    SigningRecord movement = signing(2, intent(1), 2, SigningStep.MOVE, 1, START);
    try (SigningLog log = open()) {
      assertThat(log.head()).isEqualTo("0".repeat(64));
      log.append(approval);
      log.append(movement);
      log.append(signing(3, intent(2), 1, SigningStep.MOVE, 0, START));
      head = log.head();
    }
    try (SigningLog log = open()) {
      assertThat(log.lines()).isEqualTo(3);
      assertThat(log.signatures()).isEqualTo(3);
      assertThat(log.signatures(AGENT)).isEqualTo(3);
      assertThat(log.signatures(new AgentId("other"))).isZero();
      assertThat(log.fence(AGENT)).isEqualTo(3);
      assertThat(log.head()).isEqualTo(head);
      assertThat(log.find(intent(1))).containsExactly(approval, movement);
      assertThat(log.find(intent(3))).isEmpty();
      assertThat(log.signedFor(Records.WALLET, Records.unsigned(intent(1), 2))).contains(intent(1));
      assertThat(log.signedFor(Records.ALICE, Records.unsigned(intent(1), 2))).isEmpty();
      assertThat(log.signedFor(Records.WALLET, Records.unsigned(intent(1), 3))).isEmpty();
      assertThat(log.spent(ever(), null)).as("intent 1 counts once").isEqualTo(3);
    }
  }

  @Test
  void sums_are_exact_at_the_edge_of_the_window() {
    try (SigningLog log = open()) {
      log.append(signing(1, intent(10), 1, SigningStep.APPROVE, 0, START));
      log.append(signing(2, intent(10), 2, SigningStep.MOVE, 1, START.plus(Duration.ofHours(2))));
      SigningRecord five =
          signing(3, intent(5), 1, SigningStep.MOVE, 0, START.plus(Duration.ofHours(3)));
      log.append(five);
      assertThat(log.spent(daily(START.plus(Duration.ofHours(3))), null)).isEqualTo(15);
      assertThat(log.spent(daily(START.plus(Duration.ofHours(3))), five)).isEqualTo(10);
      assertThat(log.spent(daily(START.plus(Duration.ofHours(26))), null)).isEqualTo(15);
      assertThat(log.spent(daily(START.plus(Duration.ofHours(26)).plusNanos(1)), null))
          .isEqualTo(5);
      assertThat(log.spent(daily(START.plus(Duration.ofHours(28))), five))
          .as("what is outside already is not left out again")
          .isZero();
      assertThat(log.spent(ever(), five)).isEqualTo(10);
    }
  }

  @Test
  void a_longer_window_than_is_remembered_is_not_answered_wrongly() {
    try (SigningLog log = open()) {
      for (int number = 1; number <= 600; number++) {
        log.append(
            signing(
                number,
                intent(number),
                1,
                SigningStep.MOVE,
                0,
                START.plus(Duration.ofHours(number))));
      }
      var now = START.plus(Duration.ofDays(25));
      assertThat(log.spent(daily(now), null)).isEqualTo(sum(576, 600));
      var tooLong =
          new org.supercargo.engine.store.BudgetQuestion(
              AGENT, "pay", Records.SOL.id(), START, null, null);
      assertThatThrownBy(() -> log.spent(tooLong, null))
          .isInstanceOf(IllegalArgumentException.class);
    }
    try (SigningLog log = SigningLog.open(home(), Duration.ofDays(30), Records.JSON)) {
      var whole =
          new org.supercargo.engine.store.BudgetQuestion(
              AGENT, "pay", Records.SOL.id(), START, null, null);
      assertThat(log.spent(whole, null)).isEqualTo(sum(1, 600));
    }
  }

  private static BigInteger sum(int first, int last) {
    return BigInteger.valueOf((long) (first + last) * (last - first + 1) / 2);
  }

  @Test
  void payees_keep_their_time_while_they_stay_and_lose_it_when_they_go() {
    var bob = new Address(ChainId.SOLANA, "bob");
    try (SigningLog log = open()) {
      log.append(adoption(1, Records.ALICE));
      log.append(adoption(2, Records.ALICE, bob));
      log.append(adoption(3, bob));
      log.append(adoption(4, Records.ALICE, bob));
    }
    try (SigningLog log = open()) {
      assertThat(log.payeeSince(AGENT, bob)).contains(START.plusSeconds(2));
      assertThat(log.payeeSince(AGENT, Records.ALICE)).contains(START.plusSeconds(4));
      assertThat(log.payeeSince(new AgentId("other"), bob)).isEmpty();
      assertThat(log.adoption(AGENT)).contains(adoption(4, bob, Records.ALICE));
    }
  }

  private static AdoptionRecord adoption(int second, Address... payees) {
    return new AdoptionRecord(
        START.plusSeconds(second), AGENT, "digest", Bytes.of(new byte[32]), 7, List.of(payees));
  }

  @Test
  void stops_are_remembered_until_they_are_lifted() {
    var everything = new StopRecord(START, null, "owner", START, "a reason");
    var one = new StopRecord(START, AGENT, "owner", START, "another");
    try (SigningLog log = open()) {
      log.append(everything);
      log.append(one);
    }
    try (SigningLog log = open()) {
      assertThat(log.stop(Optional.empty())).contains(everything);
      assertThat(log.stop(Optional.of(AGENT))).contains(one);
      log.append(new ResumeRecord(START, null));
      assertThat(log.stops()).containsExactly(one);
    }
    try (SigningLog log = open()) {
      assertThat(log.stops()).containsExactly(one);
    }
  }

  @Test
  void a_change_of_any_byte_is_found_with_its_line() throws Exception {
    byte[] whole = written(5);
    long seed = 20261123;
    var random = new Random(seed);
    for (int round = 0; round < 2_000; round++) {
      // The first rounds go through every byte of the last line, its end included.
      int at = round < 1_200 ? whole.length - 1 - round : random.nextInt(whole.length);
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
      log.append(payment(3));
      three = Files.readAllBytes(file());
    }
    for (int size = two.length; size < three.length - 1; size++) {
      Files.write(file(), Arrays.copyOf(three, size));
      forgetHead();
      try (SigningLog log = open()) {
        assertThat(log.lines()).as("cut to %s bytes", size).isEqualTo(2);
        log.append(payment(3));
      }
      assertThat(Files.readAllBytes(file())).as("cut to %s bytes", size).isEqualTo(three);
    }
  }

  @Test
  void a_whole_last_line_without_its_end_is_kept() throws Exception {
    byte[] three = written(3);
    Files.write(file(), Arrays.copyOf(three, three.length - 1));
    try (SigningLog log = open()) {
      assertThat(log.lines()).isEqualTo(3);
    }
    assertThat(Files.readAllBytes(file())).isEqualTo(three);
  }

  @Test
  void zeros_after_a_power_failure_are_removed_and_other_rests_refused() throws Exception {
    byte[] two = written(2);
    Files.write(file(), new byte[4096], StandardOpenOption.APPEND);
    try (SigningLog log = open()) {
      assertThat(log.lines()).isEqualTo(2);
    }
    assertThat(Files.readAllBytes(file())).isEqualTo(two);
    Files.writeString(file(), "{\"sequence\":4", StandardOpenOption.APPEND);
    assertThatThrownBy(this::open).hasMessageContaining("Line 3 of");
  }

  @Test
  void lines_of_any_length_are_read_again() throws Exception {
    long seed = 4711;
    var random = new Random(seed);
    String head;
    try (SigningLog log = open()) {
      for (int line = 1; line <= 60; line++) {
        String reason = "x".repeat(random.nextInt(1 << (1 + random.nextInt(19))));
        log.append(new StopRecord(START, null, "owner", START, reason));
        log.append(payment(line));
      }
      head = log.head();
    }
    try (SigningLog log = open()) {
      assertThat(log.lines()).as("seed %s", seed).isEqualTo(120);
      assertThat(log.head()).isEqualTo(head);
      for (int line = 1; line <= 60; line++) {
        assertThat(log.find(intent(line))).hasSize(1);
      }
    }
    byte[] endless = new byte[3 << 20];
    Arrays.fill(endless, (byte) 'x');
    Files.write(file(), endless, StandardOpenOption.APPEND);
    assertThatThrownBy(this::open).hasMessageContaining("Line 121 of");
  }

  @Test
  void a_log_of_the_first_version_is_told_from_a_changed_one() throws Exception {
    written(0);
    String body = "{\"sequence\":1,\"previous\":\"" + "0".repeat(64) + "\",\"record\":{\"at\":1}";
    String hash = Bytes.of(LogLine.sha256().digest(body.getBytes(UTF_8))).hex();
    Files.writeString(file(), body + ",\"hash\":\"" + hash + "\"}\n");
    assertThatThrownBy(this::open)
        .isInstanceOfSatisfying(
            SupercargoException.class, e -> assertThat(e.category()).isEqualTo(Category.USER))
        .hasMessageContaining("was written by an earlier version of the signer");
  }

  @Test
  void a_second_writer_is_refused() {
    try (SigningLog first = open()) {
      assertThatThrownBy(this::open)
          .isInstanceOf(SupercargoException.class)
          .hasMessageContaining("Another signer is using");
      first.append(payment(1));
    }
    open().close();
  }

  @Test
  void a_log_that_failed_once_takes_nothing_more() {
    SigningLog log = open();
    log.close();
    assertThatThrownBy(() -> log.append(payment(1)))
        .isInstanceOfSatisfying(
            SupercargoException.class, e -> assertThat(e.category()).isEqualTo(Category.EXTERNAL));
    try (SigningLog again = open()) {
      assertThat(again.lines()).isZero();
    }
  }

  @Test
  void a_log_that_somebody_else_writes_to_takes_nothing_more() throws Exception {
    try (SigningLog log = open()) {
      log.append(payment(1));
      Files.writeString(file(), "x", StandardOpenOption.APPEND);
      for (int attempt = 1; attempt <= 2; attempt++) {
        assertThatThrownBy(() -> log.append(payment(2)))
            .hasMessageContaining("somebody else has written to it");
      }
    }
    assertThat(Files.readString(file())).endsWith("}\nx");
  }

  @Test
  void recorded_times_never_run_backwards() {
    try (SigningLog log = open()) {
      log.append(signing(1, intent(1), 1, SigningStep.MOVE, 0, START));
      LogRecord second =
          log.append(signing(2, intent(2), 1, SigningStep.MOVE, 0, START.minusSeconds(60)));
      assertThat(second.at()).isEqualTo(START);
    }
  }

  @Test
  void an_interrupted_thread_does_not_close_the_log() {
    try (SigningLog log = open()) {
      Thread.currentThread().interrupt();
      log.append(payment(1));
      assertThat(Thread.interrupted()).isTrue();
      log.append(payment(2));
      assertThat(log.lines()).isEqualTo(2);
    }
  }

  @Test
  void the_file_is_closed_to_others() throws Exception {
    written(1);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
        .isEqualTo("rw-------");
  }
}
