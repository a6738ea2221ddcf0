package org.supercargo.signer.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.supercargo.signer.log.Records.AGENT;
import static org.supercargo.signer.log.Records.DAY;
import static org.supercargo.signer.log.Records.JSON;
import static org.supercargo.signer.log.Records.START;
import static org.supercargo.signer.log.Records.intent;
import static org.supercargo.signer.log.Records.signing;
import static org.supercargo.signer.log.Records.taking;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.supercargo.api.asset.Address;
import org.supercargo.api.asset.AssetId;
import org.supercargo.api.asset.ChainId;
import org.supercargo.api.mandate.BudgetKey;
import org.supercargo.api.mandate.Reservation;
import org.supercargo.engine.store.BudgetQuestion;

/// A start from a checkpoint must end where a start from the first line ends.
class CheckpointTest {
  private static final int EVERY = 100;
  private static final List<String> PAYEES = List.of("ann", "ben", "cid");
  private static final List<AssetId> ASSETS =
      List.of(Records.SOL.id(), new AssetId(ChainId.SOLANA, "token", "usdc"));

  @TempDir Path temporary;

  private Path home() {
    return temporary.resolve("home");
  }

  private Path checkpoint() {
    return home().resolve("signatures.checkpoint");
  }

  private SigningLog open() {
    return SigningLog.open(home(), DAY, JSON, EVERY);
  }

  /// Everything the index says, as bytes.
  private static byte[] content(SigningLog log) throws IOException {
    var bytes = new ByteArrayOutputStream();
    log.index().write(new DataOutputStream(bytes), JSON);
    return bytes.toByteArray();
  }

  /// Appends lines of all kinds, some of which take over the sums of one before.
  private record Filler(Random random, List<SigningRecord> given, Set<Long> replaced) {
    Filler(long seed) {
      this(new Random(seed), new ArrayList<>(), new HashSet<>());
    }

    void fill(SigningLog log, int lines) {
      Instant at = log.time(START);
      for (int line = 0; line < lines; line++) {
        at = at.plusSeconds(random.nextInt(3_000));
        log.append(
            switch (random.nextInt(20)) {
              case 0 -> adoption(line, at);
              case 1 -> new StopRecord(at, random.nextBoolean() ? AGENT : null, "x", at, "y");
              case 2 -> new ResumeRecord(at, random.nextBoolean() ? AGENT : null);
              default -> signature(at);
            });
      }
    }

    private AdoptionRecord adoption(int line, Instant at) {
      List<Address> payees =
          PAYEES.subList(0, random.nextInt(4)).stream()
              .map(name -> new Address(ChainId.SOLANA, name))
              .toList();
      return new AdoptionRecord(at, AGENT, "digest " + line, null, 0, payees);
    }

    private SigningRecord signature(Instant at) {
      int number = given.size() + 1;
      SigningRecord before = number > 1 && random.nextInt(5) == 0 ? unreplaced(random) : null;
      SigningRecord record =
          signing(
              number,
              before == null ? intent(number) : before.intent(),
              before == null ? 1 : before.attempt() + 1,
              SigningStep.MOVE,
              before == null ? 0 : before.number(),
              reservations(random),
              at);
      given.add(record);
      replaced.add(record.replaces());
      return record;
    }

    SigningRecord unreplaced(Random choice) {
      List<SigningRecord> free =
          given.stream().filter(each -> !replaced.contains(each.number())).toList();
      return free.get(choice.nextInt(free.size()));
    }
  }

  private static List<Reservation> reservations(Random random) {
    var all = new ArrayList<Reservation>();
    for (String rule : List.of("pay", "limits", "fees")) {
      BigInteger amount =
          random.nextInt(6) == 0
              ? new BigInteger(90, random)
              : BigInteger.valueOf(random.nextInt(1_000));
      all.add(
          new Reservation(
              rule,
              ASSETS.get(random.nextInt(2)),
              amount,
              PAYEES.get(random.nextInt(PAYEES.size())),
              ASSETS.get(random.nextInt(2))));
    }
    all.add(taking("pay", BudgetKey.INTENTS, 1));
    return all;
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 20261123})
  void the_index_from_a_checkpoint_is_the_index_from_the_whole_log(long seed) throws Exception {
    var filler = new Filler(seed);
    for (int round = 0; round < 8; round++) {
      byte[] running;
      try (SigningLog log = open()) {
        filler.fill(log, filler.random().nextInt(180));
        running = content(log);
      }
      Path copy = temporary.resolve("copy" + round);
      Files.createDirectories(copy);
      Files.copy(home().resolve("signatures.log"), copy.resolve("signatures.log"));
      byte[] quick;
      int readWhole;
      try (SigningLog log = open()) {
        quick = content(log);
        readWhole = log.readWhole();
      }
      // The copy has no checkpoint, and makes none that would add a line.
      try (SigningLog log = SigningLog.open(closed(copy), DAY, JSON, Integer.MAX_VALUE)) {
        assertThat(log.readWhole()).isEqualTo(log.lines());
        assertThat(content(log)).as("round %s of seed %s", round, seed).isEqualTo(quick);
        assertThat(running).as("round %s of seed %s", round, seed).isEqualTo(quick);
        assertSums(log, filler, seed);
      }
      assertThat(readWhole).as("round %s of seed %s", round, seed).isLessThanOrEqualTo(EVERY + 1);
    }
  }

  private static Path closed(Path directory) throws IOException {
    Files.setPosixFilePermissions(
        directory, java.nio.file.attribute.PosixFilePermissions.fromString("rwx------"));
    return directory;
  }

  /// The sums are those of a naive count over the lines.
  private static void assertSums(SigningLog log, Filler filler, long seed) {
    Random random = filler.random();
    Instant now = log.time(START);
    for (int round = 0; round < 50; round++) {
      boolean byPayee = random.nextInt(3) == 0;
      var question =
          new BudgetQuestion(
              AGENT,
              List.of("pay", "limits", "fees").get(random.nextInt(3)),
              random.nextInt(4) == 0 ? BudgetKey.INTENTS : ASSETS.get(random.nextInt(2)),
              random.nextInt(3) == 0 ? null : now.minusSeconds(random.nextInt(86_401)),
              byPayee ? PAYEES.get(random.nextInt(3)) : null,
              !byPayee && random.nextBoolean() ? ASSETS.get(random.nextInt(2)) : null);
      SigningRecord except = random.nextBoolean() ? null : filler.unreplaced(random);
      BigInteger naive =
          filler.given().stream()
              .filter(each -> !filler.replaced().contains(each.number()))
              .filter(each -> except == null || each.number() != except.number())
              .filter(each -> question.since() == null || !each.at().isBefore(question.since()))
              .flatMap(each -> each.reservations().stream())
              .filter(each -> counts(each, question))
              .map(Reservation::baseUnits)
              .reduce(BigInteger.ZERO, BigInteger::add);
      assertThat(log.spent(question, except))
          .as("%s without %s, seed %s", question, except, seed)
          .isEqualTo(naive);
    }
  }

  private static boolean counts(Reservation each, BudgetQuestion question) {
    return each.rule().equals(question.rule())
        && each.unit().equals(question.unit())
        && (question.counterparty() == null || question.counterparty().equals(each.counterparty()))
        && (question.asset() == null || question.asset().equals(each.asset()));
  }

  @Test
  void a_start_reads_only_what_came_after_the_checkpoint() {
    try (SigningLog log = open()) {
      new Filler(7).fill(log, 950);
    }
    try (SigningLog log = open()) {
      assertThat(log.lines()).isGreaterThan(950);
      assertThat(log.readWhole()).isLessThanOrEqualTo(EVERY);
    }
  }

  @Test
  void a_change_before_the_checkpoint_is_still_found() throws Exception {
    try (SigningLog log = open()) {
      new Filler(7).fill(log, 250);
    }
    byte[] whole = Files.readAllBytes(home().resolve("signatures.log"));
    var random = new Random(8);
    for (int round = 0; round < 200; round++) {
      byte[] changed = whole.clone();
      int at = random.nextInt(whole.length);
      changed[at] ^= (byte) (1 << random.nextInt(8));
      Files.write(home().resolve("signatures.log"), changed);
      assertThatThrownBy(this::open)
          .as("byte %s", at)
          .hasMessageContaining("is not what the signer wrote");
    }
  }

  @Test
  void a_checkpoint_that_was_changed_is_not_believed() throws Exception {
    byte[] content;
    try (SigningLog log = open()) {
      new Filler(7).fill(log, 150);
      content = content(log);
    }
    byte[] whole = Files.readAllBytes(checkpoint());
    var random = new Random(9);
    for (int round = 0; round < 100; round++) {
      byte[] changed = whole.clone();
      changed[random.nextInt(whole.length)] ^= (byte) (1 << random.nextInt(8));
      Files.write(checkpoint(), changed);
      try (SigningLog log = SigningLog.open(home(), DAY, JSON, Integer.MAX_VALUE)) {
        assertThat(log.readWhole()).isEqualTo(log.lines());
        assertThat(content(log)).isEqualTo(content);
      }
    }
    for (int size : new int[] {0, 3, 11, 43, whole.length / 2, whole.length - 1}) {
      Files.write(checkpoint(), java.util.Arrays.copyOf(whole, size));
      try (SigningLog log = SigningLog.open(home(), DAY, JSON, Integer.MAX_VALUE)) {
        assertThat(content(log)).as("cut to %s bytes", size).isEqualTo(content);
      }
    }
  }

  @Test
  void a_checkpoint_of_another_log_is_not_believed() throws Exception {
    try (SigningLog log = open()) {
      new Filler(1).fill(log, 150);
    }
    Path other = temporary.resolve("other");
    try (SigningLog log = SigningLog.open(other, DAY, JSON, EVERY)) {
      new Filler(2).fill(log, 150);
    }
    Files.copy(
        other.resolve("signatures.checkpoint"), checkpoint(), StandardCopyOption.REPLACE_EXISTING);
    try (SigningLog log = SigningLog.open(home(), DAY, JSON, Integer.MAX_VALUE)) {
      assertThat(log.readWhole()).isEqualTo(log.lines());
    }
  }

  @Test
  void a_crash_between_the_checkpoint_and_its_line_leaves_the_one_before() throws Exception {
    var filler = new Filler(3);
    try (SigningLog log = open()) {
      filler.fill(log, 150);
    }
    // The next one was written under its temporary name, and its line was not.
    Files.copy(checkpoint(), home().resolve("signatures.checkpoint.new"));
    try (SigningLog log = open()) {
      assertThat(log.readWhole()).isLessThan(EVERY);
      filler.fill(log, 100);
    }
    assertThat(home().resolve("signatures.checkpoint.new")).doesNotExist();
    try (SigningLog log = open()) {
      assertThat(log.readWhole()).isLessThan(EVERY);
    }
  }

  @Test
  void a_mandate_that_asks_for_a_longer_window_has_everything_read_again() {
    try (SigningLog log = open()) {
      new Filler(5).fill(log, 150);
    }
    try (SigningLog log = SigningLog.open(home(), Duration.ofDays(7), JSON, EVERY)) {
      assertThat(log.readWhole()).isEqualTo(log.lines() - 1);
    }
    try (SigningLog log = SigningLog.open(home(), Duration.ofDays(7), JSON, EVERY)) {
      assertThat(log.readWhole()).as("it was summed up anew").isLessThan(EVERY);
    }
  }
}
