package org.supercargo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The example agent through the real command, on real local chains.
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class TreasurerIT {
  @TempDir static @Nullable Path data;
  private static @Nullable Treasury treasury;

  @BeforeAll
  static void startTheChains() {
    treasury = new Treasury(java.util.Objects.requireNonNull(data));
  }

  @AfterAll
  static void stopTheChains() {
    treasury().close();
  }

  private static Treasury treasury() {
    return java.util.Objects.requireNonNull(treasury);
  }

  @Order(1)
  @ParameterizedTest(name = "{1} receives {2} {3} base units of USDC on {0}")
  @CsvSource({
    "solana, alice, 2.5, 2500000",
    "solana, bob, 1.000001, 1000001",
    "base, alice, 3.25, 3250000",
    "base, bob, 0.5, 500000"
  })
  void a_goal_in_plain_words_settles_and_the_books_equal_the_chain(
      String chain, String payee, String amount, long baseUnits) {
    BigInteger before = treasury().held(payee, chain, "USDC");
    var finished = treasury().run("send " + amount + " USDC to " + payee + " on " + chain);
    assertThat(finished.status()).describedAs(finished.story()).isZero();
    assertThat(treasury().held(payee, chain, "USDC").subtract(before))
        .describedAs(finished.story())
        .isEqualTo(BigInteger.valueOf(baseUnits));
    assertThat(finished.documents("holdings"))
        .describedAs(finished.story())
        .isNotEmpty()
        .allMatch(each -> each.path("agree").asBoolean());
    assertThat(treasury().command("ledger", Treasury.file().toString(), "--json").status())
        .isZero();
  }

  @Order(2)
  @ParameterizedTest(name = "\"{0}\" ends with status {1} and says \"{2}\"")
  @CsvSource(
      delimiter = '|',
      value = {
        "send 2,5 USDC to bob tomorow maybe | 4 | tomorow",
        "send 2,5 USDC to bob tomorow maybe | 4 | 2,5",
        "send 1e9 SOL to alice | 3 | scientific notation",
        "send 5 DOGE to alice on solana | 3 | DOGE",
        "send -3 USDC to alice on solana | 3 | negative",
        "send 0.123456789 USDC to alice on base | 3 | 6 decimals",
        "send 1 USDC to 0x69Fa2b250E8dAE1dB70b5941D40126871e7778B0 on solana | 3 | EVM",
        "send 1 USDC to zed on solana | 3 | zed",
        "send 2 USDC to alice | 3 | Say on which chain",
        "send 26 USDC to alice on base | 3 | more than 25 USDC at once",
        "send 1 USDC to 6ychyj7bVgajnsLxWZdMeu5B9MaVrucs8rjZxKqekKhZ on solana | 3 | only alice, bob may receive"
      })
  void what_cannot_be_done_is_refused_precisely_and_nothing_is_sent(
      String goal, int status, String words) {
    var finished = treasury().run(goal);
    assertThat(finished.status()).describedAs(finished.story()).isEqualTo(status);
    assertThat(finished.output()).contains(words);
    assertThat(Treasury.types(finished)).doesNotContain("TransactionSigned", "TransactionSent");
  }

  @Order(3)
  @Test
  void gas_is_bought_on_uniswap_by_an_exact_approval_and_a_swap() {
    var finished = treasury().run("swap 5 USDC for ETH on base");
    assertThat(finished.status()).describedAs(finished.story()).isZero();
    assertThat(finished.events("TransactionFinal")).hasSize(2);
    assertThat(finished.events("IntentFinished"))
        .allMatch(each -> each.path("state").asText().equals("SETTLED"));
  }

  @Order(4)
  @Test
  void every_recorded_run_is_decided_the_same_way_again_offline() {
    var replay = treasury().command("journal", "replay", Treasury.file().toString(), "--json");
    assertThat(replay.status()).describedAs(replay.story()).isZero();
    assertThat(replay.documents("replay"))
        .hasSizeGreaterThan(10)
        .allMatch(each -> each.path("identical").asBoolean());
  }

  @Order(5)
  @Test
  void the_ledger_sums_to_zero_for_every_asset() {
    var ledger = treasury().command("ledger", Treasury.file().toString(), "--offline", "--json");
    assertThat(ledger.status()).describedAs(ledger.story()).isZero();
    var sums = new java.util.HashMap<String, BigInteger>();
    ledger
        .documents("balance")
        .forEach(each ->
            sums.merge(
                each.path("asset").asText(),
                new BigInteger(each.path("baseUnits").asText()),
                BigInteger::add));
    assertThat(sums).isNotEmpty();
    assertThat(sums.values()).allMatch(sum -> sum.signum() == 0);
  }

  @Order(6)
  @Test
  void one_changed_byte_of_the_journal_is_found() throws SQLException {
    assertThat(treasury().command("journal", "verify", "treasurer", "--json").status()).isZero();
    Path database = treasury().networkFolder().resolve("agents.db");
    assertThat(Files.exists(database)).isTrue();
    tamper(database);
    var verification = treasury().command("journal", "verify", "treasurer", "--json");
    assertThat(verification.status()).describedAs(verification.story()).isEqualTo(8);
    assertThat(verification.output()).contains("does not have the hash of its content");
  }

  /// What someone with the file in hand would do: remove the guards, then change one character.
  private static void tamper(Path database) throws SQLException {
    try (var connection = DriverManager.getConnection("jdbc:sqlite:" + database);
        var statement = connection.createStatement()) {
      var triggers = new java.util.ArrayList<String>();
      try (var found =
          statement.executeQuery("select name from sqlite_master where type = 'trigger'")) {
        while (found.next()) {
          triggers.add(found.getString(1));
        }
      }
      for (String trigger : triggers) {
        statement.execute("drop trigger \"" + trigger + "\"");
      }
      String table = "";
      try (var found =
          statement.executeQuery(
              "select name from sqlite_master where type = 'table' and name like '%journal%'")) {
        assertThat(found.next()).isTrue();
        table = found.getString(1);
      }
      int changed =
          statement.executeUpdate(
              "update "
                  + table
                  + " set payload = replace(payload, 'alice', 'alicf') where sequence ="
                  + " (select min(sequence) from "
                  + table
                  + " where payload like '%alice%')");
      assertThat(changed).isEqualTo(1);
    }
  }
}
