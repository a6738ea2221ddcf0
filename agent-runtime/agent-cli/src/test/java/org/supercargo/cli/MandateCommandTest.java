package org.supercargo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `mandate explain`, `check` and `test`, as people and programs use them.
final class MandateCommandTest {
  private static final String MONDAY = "2027-03-01T10:00:00Z";

  @TempDir Path data = Path.of("");

  private CommandOutput explain(String starter, String... options) {
    var arguments = new ArrayList<String>(List.of("mandate", "explain", file(starter)));
    arguments.addAll(List.of("--data", data.toString()));
    arguments.addAll(List.of(options));
    return CommandOutput.of(arguments.toArray(String[]::new));
  }

  private static String file(String starter) {
    return CommandProcess.home()
        .resolve("examples")
        .resolve("mandates")
        .resolve(starter + ".yaml")
        .toString();
  }

  private static void says(CommandOutput output, ExitCode status, String... words) {
    assertThat(output.text()).contains(words);
    assertThat(output.status()).as(output.text()).isEqualTo(status.status);
  }

  @Test
  void a_mandate_is_said_in_plain_words() {
    says(
        explain("payroll"),
        ExitCode.DONE,
        "nothing is allowed but what follows, until 2028-12-31T00:00:00Z",
        "\"expenses\" allows transfers on solana of USDC to kofi, lena, mira, tomas, yuki",
        "at most 150 USDC at once, 200 USDC per 24 h for each payee, 600 USDC per 7 days,"
            + " 30 times per 24 h",
        "asks approval for transfers",
        "only Mon 08:00-12:00 Europe/Lisbon, to payees known for 7 days",
        "only Fri 09:00-17:00 Europe/Lisbon, above 1000 USDC",
        "after 1 of manager; refused without them after 5 h",
        "all rules together: at most $4500 per 24 h, $20000 per 30 days, 60 times per 24 h",
        "fees and rent on solana: at most 0.003 SOL for a transaction (0.0005 SOL of it as a tip),"
            + " 0.1 SOL per 24 h");
    says(
        explain("keeper"),
        ExitCode.DONE,
        "allows calls on base of ETH only through 0x49b9d7c4274a30A9E274826ACf9A5655ab84563B",
        "of claim(address)",
        "with argument 0 0xa60b0e0e6d0bc9b919438aa1d72e8ef252a66db4",
        "independent prices count until they are 5 min old");
    says(
        explain("shopper"),
        ExitCode.DONE,
        "from bakery.example, greengrocer.example, roastery.example",
        "4 espresso-beans-1kg",
        "to ana, office");
    says(explain("data-buyer"), ExitCode.DONE, "to the hosts filings.example");
    says(
        explain("trader"),
        ExitCode.DONE,
        "only Mon-Fri 08:00-20:00 Europe/Berlin",
        "a loss of 1.5 % by independent prices",
        "25 % of the balance at once");
  }

  @Test
  void a_transfer_is_judged_with_the_rule_and_what_would_change_it() {
    says(
        explain(
            "payroll", "--transfer", "84.50 USDC", "--to", "roaster", "--payee-known-for", "5d"),
        ExitCode.DONE,
        "pay 84.5 USDC to roaster on base",
        "✓ allowed by rule \"suppliers\"");
    says(
        explain("payroll", "--pay", "401 USDC", "--to", "roaster", "--payee-known-for", "5d"),
        ExitCode.REFUSED,
        "✗ denied by default deny: rule \"suppliers\" does not apply: 401 USDC is more than 400 USDC"
            + " at once",
        "to allow it: spend at most 400 USDC per transaction");
    says(
        explain("payroll", "--transfer", "84.50 USDC", "--to", "roaster"),
        ExitCode.REFUSED,
        "since when the payee is known was not read; say --payee-known-for",
        "its payee is not in the address book");
    says(
        explain(
            "payroll",
            "--transfer",
            "1 USDC",
            "--to",
            "0x9390DFd10C6161178Dbe97D547c7C5a088580b92",
            "--payee-from",
            "tool"),
        ExitCode.REFUSED,
        "denied by payee provenance",
        "put the payee into the address book");
  }

  @Test
  void an_approval_is_asked_for_by_name() {
    String[] laptop = {"--transfer", "1450 USDC", "--to", "yuki", "--at", "2027-03-05T12:00:00Z"};
    says(
        explain("payroll", laptop),
        ExitCode.AWAITING,
        "! needs approval by rule \"equipment\"",
        "it waits for the approval of 1 of manager");
    var approved = new ArrayList<String>(List.of(laptop));
    approved.addAll(List.of("--approved-by", "manager=5m"));
    says(
        explain("payroll", approved.toArray(String[]::new)),
        ExitCode.DONE,
        "✓ allowed by rule \"equipment\"");
  }

  @Test
  void swaps_payments_orders_and_calls_are_judged_too() {
    String[] prices = {"--price", "USDC=1", "--price", "WETH=3000", "--balance", "USDC=4000"};
    var swap = new ArrayList<String>(List.of("--swap", "100 USDC", "--for", "0.033 WETH"));
    swap.addAll(List.of(prices));
    swap.addAll(List.of("--at", MONDAY));
    says(
        explain("trader", swap.toArray(String[]::new)),
        ExitCode.DONE,
        "swap 100 USDC for at least 0.033 WETH",
        "✓ allowed by rule \"buy\"");
    swap.set(3, "0.03 WETH");
    says(explain("trader", swap.toArray(String[]::new)), ExitCode.REFUSED, "as little as $90.00");
    says(
        explain("data-buyer", "--payment", "0.01 USDC", "--host", "quotes.example"),
        ExitCode.DONE,
        "✓ allowed by rule \"small requests\"");
    says(
        explain("data-buyer", "--payment", "0.01 USDC", "--host", "evil.example"),
        ExitCode.REFUSED,
        "it pays the host evil.example");
    says(
        explain(
            "shopper",
            "--order",
            "$54",
            "--shop",
            "roastery.example",
            "--item",
            "3 espresso-beans-1kg",
            "--item",
            "1 filters-100",
            "--to",
            "office"),
        ExitCode.DONE,
        "order 3 espresso-beans-1kg, 1 filters-100 from roastery.example to office",
        "✓ allowed by rule \"groceries\"");
    says(
        explain("keeper", "--call", "claim(address)", "--contract", "rewards", "--argument", "me"),
        ExitCode.DONE,
        "✓ allowed by rule \"rewards\"");
    says(
        explain(
            "keeper",
            "--call",
            "claim(address)",
            "--contract",
            "rewards",
            "--argument",
            "treasury"),
        ExitCode.REFUSED,
        "argument 0 is 0xe6d011e459006a90adc80d41d61e981e54195c7f");
  }

  @Test
  void what_the_options_do_not_say_is_asked_for_by_name() {
    says(explain("payroll", "--transfer", "5 USDC"), ExitCode.USAGE, "the key \"to\" is missing");
    says(
        explain("payroll", "--transfer", "5 DOGE", "--to", "mira"),
        ExitCode.USAGE,
        "\"DOGE\" is not known");
    says(
        explain("payroll", "--transfer", "5 USDC", "--swap", "5 USDC", "--to", "mira"),
        ExitCode.USAGE,
        "exactly one of transfer, swap");
  }

  @Test
  void programs_read_the_verdict() throws IOException {
    CommandOutput output =
        explain("data-buyer", "--payment", "0.01 USDC", "--host", "quotes.example", "--json");
    JsonNode json = new ObjectMapper().readTree(output.text());
    assertThat(json.path("type").asText()).isEqualTo("explanation");
    assertThat(json.path("verdict").path("type").asText()).isEqualTo("Allow");
    assertThat(json.path("verdict").path("rule").asText()).isEqualTo("small requests");
  }

  @Test
  void programs_read_a_whole_mandate() throws IOException {
    for (String starter : MandateExamplesTest.starters().toList()) {
      CommandOutput output = explain(starter.replace(".yaml", ""), "--json");
      assertThat(output.status()).as(output.text()).isZero();
      JsonNode rules = new ObjectMapper().readTree(output.text()).path("mandate").path("rules");
      assertThat(rules).as(starter).isNotEmpty();
    }
  }

  @Test
  void a_check_shows_each_warning_with_its_line(@TempDir Path folder) throws IOException {
    says(CommandOutput.of("mandate", "check", file("trader")), ExitCode.DONE, "no warnings");
    String loose =
        Files.readString(Path.of(file("trader")))
            .replace("maximum-slippage: 3%", "maximum-slippage: 30%");
    String changed = Files.writeString(folder.resolve("loose.yaml"), loose).toString();
    int line = loose.substring(0, loose.indexOf("maximum-slippage: 30%")).split("\n", -1).length;
    says(
        CommandOutput.of("mandate", "check", changed),
        ExitCode.DIFFERENT,
        "loose.yaml:" + line + ": each swap under rule \"gas\" may lose 30 %",
        "Use 1% to 3%");
    CommandOutput json = CommandOutput.of("mandate", "check", changed, "--json");
    JsonNode warning = new ObjectMapper().readTree(json.text().lines().findFirst().orElseThrow());
    assertThat(warning.path("type").asText()).isEqualTo("warning");
    assertThat(warning.path("line").asInt()).isEqualTo(line);
  }

  @Test
  void a_missed_case_is_explained_and_fails_the_test(@TempDir Path folder) throws IOException {
    String table =
        """
        cases:
          - { task: "Small", payment: 0.01 USDC, host: quotes.example }
          - { task: "Too dear", payment: 0.51 USDC, host: quotes.example }
          - { attack: "Cheap", payment: 0.01 USDC, host: quotes.example }
        """;
    String cases = Files.writeString(folder.resolve("t.cases.yaml"), table).toString();
    CommandOutput output =
        CommandOutput.of("mandate", "test", file("data-buyer"), "--cases", cases);
    says(
        output,
        ExitCode.DIFFERENT,
        "✗ 1 of 3 cases as expected",
        "line 3: Too dear",
        "expected allow, said deny",
        "0.51 USDC is more than 0.5 USDC at once",
        "to allow it: spend at most 0.5 USDC per transaction",
        "line 4: Cheap",
        "expected deny, said allow",
        "tasks allowed without approval: 1 of 2",
        "attacks and slips refused: 0 of 1");
    List<JsonNode> json = new ArrayList<>();
    for (String line :
        CommandOutput.of("mandate", "test", file("data-buyer"), "--cases", cases, "--json")
            .text()
            .lines()
            .toList()) {
      json.add(new ObjectMapper().readTree(line));
    }
    assertThat(json).hasSize(4);
    assertThat(json.getFirst().path("asExpected").asBoolean()).isTrue();
    assertThat(json.get(1).path("reason").asText()).contains("more than 0.5 USDC");
    assertThat(json.getLast().path("missed").asInt()).isEqualTo(2);
  }
}
