package org.supercargo.engine.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.supercargo.api.SupercargoException;
import org.supercargo.api.action.ActionResult;
import org.supercargo.api.asset.ChainId;
import org.supercargo.api.chain.Validity;
import org.supercargo.api.intent.Effect;
import org.supercargo.api.intent.Intent;
import org.supercargo.api.intent.Receipt;
import org.supercargo.api.journal.JournalEvent;
import org.supercargo.api.mandate.Condition;
import org.supercargo.api.mandate.Facts;
import org.supercargo.api.mandate.Verdict;
import org.supercargo.api.model.ChatMessage;
import org.supercargo.api.model.ChatReply;
import org.supercargo.engine.signing.SignAnswer;

final class DomainJsonTest {
  private final DomainJson json = new DomainJson();

  static Stream<Arguments> families() {
    return Stream.of(
        Arguments.of(Intent.class, Samples.intents()),
        Arguments.of(Effect.class, Samples.effects()),
        Arguments.of(Validity.class, Samples.validities()),
        Arguments.of(Verdict.class, Samples.verdicts()),
        Arguments.of(Condition.class, Samples.conditions()),
        Arguments.of(ChatMessage.class, Samples.messages()),
        Arguments.of(ChatReply.class, Samples.replies()),
        Arguments.of(ActionResult.class, Samples.results()),
        Arguments.of(SignAnswer.class, Samples.answers()),
        Arguments.of(JournalEvent.class, Samples.events()));
  }

  @ParameterizedTest
  @MethodSource("families")
  void every_permitted_type_has_a_sample_that_comes_back_equal(Class<?> family, List<?> samples) {
    Set<Class<?>> covered = new LinkedHashSet<>();
    for (Object sample : samples) {
      covered.add(sample.getClass());
      String text = json.write(sample);
      assertThat(text).contains("\"type\":\"" + sample.getClass().getSimpleName() + "\"");
      Object back = json.read(text, family);
      assertThat(back).as("%s", text).isEqualTo(sample);
      assertThat(json.write(back)).as("the same text again").isEqualTo(text);
    }
    assertThat(covered)
        .as("a new type of %s needs a sample here", family.getSimpleName())
        .containsExactlyInAnyOrderElementsOf(leaves(family));
  }

  private static List<Class<?>> leaves(Class<?> type) {
    Class<?>[] permitted = type.getPermittedSubclasses();
    return permitted == null
        ? List.of(type)
        : Arrays.stream(permitted).flatMap(each -> leaves(each).stream()).toList();
  }

  @Test
  void whole_documents_come_back_equal() {
    assertThat(json.read(json.write(Samples.facts()), Facts.class)).isEqualTo(Samples.facts());
    assertThat(json.read(json.write(Samples.receipt()), Receipt.class))
        .isEqualTo(Samples.receipt());
  }

  @Test
  void the_text_of_a_value_is_pinned_because_hashes_are_taken_over_it() {
    assertThat(json.write(Samples.effects().getFirst()))
        .isEqualTo(
            "{\"type\":\"Move\",\"asset\":\"eip155:8453/erc20:0xUSDC\","
                + "\"from\":\"eip155:8453:0xCaptain\",\"to\":\"eip155:8453:0xAlice\","
                + "\"baseUnits\":\""
                + "9".repeat(70)
                + "\"}");
    assertThat(json.write(Samples.replies().getLast()))
        .isEqualTo(
            "{\"type\":\"Failed\",\"failure\":\"UNREACHABLE\",\"detail\":\"\",\"retryAfter\":null}");
    assertThat(json.write(Samples.facts()))
        .isEqualTo(
            "{\"now\":\"2027-01-01T00:00:00.123Z\",\"spent\":{"
                + "\"PT24H AGENT eip155:8453/erc20:0xUSDC a rule with spaces\":\""
                + "9".repeat(70)
                + "\",\"PT168H ASSET iso4217:fiat/count:intents crew\":\"1\","
                + "\"ever PAYEE iso4217:fiat/currency:USD crew\":\"0\"},"
                + "\"payeeSince\":\"2027-01-01T00:00:00.123Z\",\"balance\":\"10\","
                + "\"prices\":[{\"asset\":\"eip155:8453/slip44:60\",\"usdPerUnit\":\"3000.5\","
                + "\"at\":\"2027-01-01T00:00:00.123Z\",\"source\":\"chainlink\"}],"
                + "\"origins\":{\"PAYEE\":\"MANDATE\",\"AMOUNT\":\"MODEL\"},"
                + "\"approvals\":{\"ops\":\"2027-01-01T00:00:00.123Z\"}}");
  }

  @Test
  void equal_sets_have_one_text_whatever_order_they_were_filled_in() {
    List<ChainId> chains = new ArrayList<>();
    for (int number = 1; number <= 12; number++) {
      chains.add(new ChainId("eip155", Integer.toString(number)));
    }
    var forwards = new Condition.OnChain(new LinkedHashSet<>(chains));
    var backwards = new Condition.OnChain(new LinkedHashSet<>(chains.reversed()));
    assertThat(json.write(forwards)).isEqualTo(json.write(backwards));
    // In an order of its own, not one that differs from process to process.
    assertThat(json.write(forwards))
        .startsWith("{\"type\":\"OnChain\",\"chains\":[\"eip155:1\",\"eip155:10\",\"eip155:11\"");
  }

  @Test
  void half_a_surrogate_pair_is_escaped_and_comes_back() {
    var data = new ActionResult.Failed("left \ud83d right \udea2 pair 🚢 nul \u0000");
    String text = json.write(data);
    assertThat(text).contains("\\ud83d", "\\udea2", "🚢");
    assertThat(text.codePoints())
        .noneMatch(point -> point == 0 || (point >= 0xd800 && point <= 0xdfff));
    assertThat(json.read(text, ActionResult.class)).isEqualTo(data);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "null",
        "[]",
        "\"text\"",
        "{\"type\":\"Nonsense\"}",
        "{\"text\":\"no type\"}",
        "{\"type\":\"Memo\",\"text\":\"a\",\"extra\":1}",
        "{\"type\":\"Memo\",\"text\":\"a\"} trailing",
        "{\"type\":\"Fee\",\"payer\":\"nonsense\",\"asset\":\"eip155:1/slip44:60\",\"baseUnits\":\"1\"}",
        "{\"type\":\"Fee\",\"payer\":\"eip155:1:0xA\",\"asset\":\"ETH\",\"baseUnits\":\"1\"}",
        "{\"type\":\"Fee\",\"payer\":\"eip155:1:0xA\",\"asset\":\"eip155:1/slip44:60\",\"baseUnits\":\"1.5\"}",
        "{\"type\":\"Settled\",\"intent\":\"a\",\"text\":\"a result is no effect\"}"
      })
  void text_that_is_no_such_value_is_refused(String text) {
    assertThatThrownBy(() -> json.read(text, Effect.class))
        .as("%s", text)
        .isInstanceOfSatisfying(
            SupercargoException.class,
            refusal ->
                assertThat(refusal.category()).isEqualTo(SupercargoException.Category.EXTERNAL));
  }
}
