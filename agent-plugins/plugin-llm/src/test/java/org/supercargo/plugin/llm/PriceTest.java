package org.supercargo.plugin.llm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.supercargo.api.model.ChatReply;
import org.supercargo.api.model.ChatRequest;
import org.supercargo.api.model.ModelCard;
import org.supercargo.api.model.PeakHours;
import org.supercargo.api.model.PriceList;
import org.supercargo.api.model.Privacy;
import org.supercargo.api.model.Usage;

class PriceTest {
  private static final PriceList DEEPSEEK = Preset.DEEPSEEK.dialect().cards().getFirst().prices();
  private static final Instant EVENING = Instant.parse("2026-11-23T12:00:00Z");

  private static String dollars(long input, long cached, long output, Instant at) {
    return DEEPSEEK.cost("deepseek-flash", input, cached, output, at, at).number();
  }

  @Test
  void a_call_costs_its_fresh_cached_and_answer_tokens() {
    try (var provider = new ProviderStub()) {
      provider.says("stop", "{\"content\": \"yes\"}");

      Usage usage = ((ChatReply.Answer) provider.chat()).usage();

      // 360 × 0.15 + 640 × 0.003 + 200 × 0.60 = 175.92 millionths of a dollar.
      assertThat(usage.cost()).hasToString("0.00017592 USD");
      assertThat(usage)
          .extracting(Usage::input, Usage::cached, Usage::output, Usage::reasoning)
          .containsExactly(1000L, 640L, 200L, 150L);
    }
  }

  @Test
  void the_cache_is_also_read_from_the_prompt_details() {
    try (var provider = new ProviderStub()) {
      provider.answers(
          200,
          """
          {"choices": [{"finish_reason": "stop", "message": {"content": "yes"}}],
           "usage": {"prompt_tokens": 10, "completion_tokens": 1,
                     "prompt_tokens_details": {"cached_tokens": 4}}}
          """);

      assertThat(((ChatReply.Answer) provider.chat()).usage().cached()).isEqualTo(4);
    }
  }

  @Test
  void counts_that_contradict_each_other_never_make_a_call_cheaper_than_its_cache() {
    try (var provider = new ProviderStub()) {
      provider.answers(
          200,
          """
          {"choices": [{"finish_reason": "stop", "message": {"content": "yes"}}],
           "usage": {"prompt_tokens": 10, "prompt_cache_hit_tokens": 99, "completion_tokens": -5}}
          """);

      Usage usage = ((ChatReply.Answer) provider.chat()).usage();

      assertThat(usage.cached()).isEqualTo(10);
      assertThat(usage.output()).isZero();
    }
  }

  @Test
  void the_smallest_use_is_exact_and_nothing_is_free_by_rounding() {
    assertThat(dollars(1, 1, 0, EVENING)).isEqualTo("0.000000003");
    var fine =
        new PriceList(
            "test",
            LocalDate.EPOCH,
            Map.of("m", PriceList.Price.of("0.0000001", "0.0000001", "0")),
            PeakHours.NEVER);
    assertThat(fine.cost("m", 1, 0, 0, EVENING, EVENING).baseUnits()).isOne();
  }

  @ParameterizedTest
  @CsvSource({
    // Beijing is eight hours ahead.
    "2026-11-23T00:59:59Z,0.15",
    "2026-11-23T01:00:00Z,0.3",
    "2026-11-23T03:59:59Z,0.3",
    "2026-11-23T04:00:00Z,0.15",
    "2026-11-23T06:00:00Z,0.3",
    "2026-11-23T09:59:59Z,0.3",
    "2026-11-23T10:00:00Z,0.15",
    "2026-11-22T02:00:00Z,0.15",
    "2026-11-20T02:00:00Z,0.3",
    "2026-11-21T02:00:00Z,0.15"
  })
  void peak_hours_double_the_price(Instant at, String dollars) {
    assertThat(dollars(1_000_000, 0, 0, at)).isEqualTo(dollars);
  }

  @Test
  void a_call_that_crosses_into_peak_hours_pays_the_dearer_price() {
    assertThat(
            DEEPSEEK
                .cost(
                    "deepseek-flash",
                    1_000_000,
                    0,
                    0,
                    Instant.parse("2026-11-23T00:59:59Z"),
                    Instant.parse("2026-11-23T01:00:01Z"))
                .number())
        .isEqualTo("0.3");
  }

  @Test
  void a_holiday_has_no_peak_hours() {
    PeakHours usual = DEEPSEEK.peakHours();
    var holiday =
        new PeakHours(
            usual.zone(), usual.days(), usual.windows(), Set.of(LocalDate.of(2026, 11, 23)), 2);

    assertThat(usual.factorAt(Instant.parse("2026-11-23T02:00:00Z"))).isEqualTo(2);
    assertThat(holiday.factorAt(Instant.parse("2026-11-23T02:00:00Z"))).isEqualTo(1);
  }

  @Test
  void a_model_without_a_price_is_refused_at_construction() {
    var none = new PriceList("test", LocalDate.EPOCH, Map.of(), PeakHours.NEVER);

    assertThatThrownBy(
            () -> new ModelCard("local", "small", none, 1, 1, Set.of(), Privacy.OWN_MACHINE))
        .hasMessageContaining("no price for the model \"small\"");
  }

  @Test
  void a_model_without_a_price_is_not_called() {
    try (var provider = new ProviderStub()) {
      var failed =
          (ChatReply.Failed)
              provider.chat(
                  provider.deepSeek(), new ChatRequest("deepseek-next", List.of(), List.of()));

      assertThat(failed.failure()).isEqualTo(ChatReply.Failure.INVALID_REQUEST);
      assertThat(failed.detail()).contains("no price for the model \"deepseek-next\"");
      assertThat(provider.received()).isZero();
    }
  }

  @Test
  void negative_prices_and_empty_windows_are_refused() {
    assertThatThrownBy(() -> PriceList.Price.of("0", "-1", "0")).hasMessageContaining("negative");
    assertThatThrownBy(() -> new PeakHours.Window(LocalTime.NOON, LocalTime.NOON))
        .hasMessageContaining("start before");
  }
}
