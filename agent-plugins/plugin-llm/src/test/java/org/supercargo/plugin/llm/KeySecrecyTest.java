package org.supercargo.plugin.llm;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.supercargo.api.model.ChatReply;

/// The key goes into one header and nowhere else.
class KeySecrecyTest {
  private final ProviderStub provider = new ProviderStub();

  @AfterEach
  void stop() {
    provider.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 302, 400, 401, 402, 403, 422, 429, 500, 503})
  void a_provider_that_quotes_the_key_does_not_get_it_into_a_reply(int status) {
    provider.answers(
        status,
        "{\"error\": {\"message\": \"Incorrect API key: " + ProviderStub.KEY + " is wrong\"}}");

    assertThat(provider.chat().toString()).doesNotContain(ProviderStub.KEY).doesNotContain("sk-");
  }

  @Test
  void no_half_of_a_key_is_left_where_a_message_is_cut() {
    IntStream.rangeClosed(200, 250)
        .forEach(length -> {
          provider.answers(500, "{\"error\": \"" + "x".repeat(length) + ProviderStub.KEY + "\"}");
          assertThat(provider.chat().toString()).as("after " + length).doesNotContain("sk-");
        });
  }

  @Test
  void a_body_that_is_not_json_does_not_leak_it_either() {
    provider.answers(200, "debug: Authorization=Bearer " + ProviderStub.KEY);

    assertThat(provider.chat().toString()).doesNotContain("sk-");
  }

  @Test
  void a_wrong_key_is_reported_without_the_provider_s_words_about_it() {
    provider.answers(401, "{\"error\": {\"message\": \"Your api key: ****cdef is invalid\"}}");

    assertThat(provider.chat().toString()).contains("401").doesNotContain("cdef");
  }

  @Test
  void a_failed_exchange_and_the_objects_themselves_do_not_show_it() {
    Dialect dialect = provider.deepSeek();
    var model =
        new OpenAiCompatibleModel(
            dialect, provider.http(), () -> ProviderStub.KEY, InstantSource.system());
    var plugin =
        new LlmPlugin(
            List.of(dialect), provider.http(), name -> ProviderStub.KEY, InstantSource.system());
    provider.answers(
        aResponse().withFault(com.github.tomakehurst.wiremock.http.Fault.MALFORMED_RESPONSE_CHUNK));

    assertThat(model.chat(ProviderStub.request()).toString()).doesNotContain("sk-");
    assertThat(model + " " + dialect + " " + plugin.models()).doesNotContain("sk-");
  }

  @Test
  void the_key_is_asked_for_at_every_call_and_trimmed() {
    var key = new AtomicReference<>("sk-first\n");
    var model =
        new OpenAiCompatibleModel(
            provider.deepSeek(), provider.http(), key::get, InstantSource.system());
    provider.says("stop", "{\"content\": \"yes\"}");

    model.chat(ProviderStub.request());
    assertThat(provider.sentHeader("Authorization")).isEqualTo("Bearer sk-first");
    key.set("sk-second");
    model.chat(ProviderStub.request());
    assertThat(provider.received()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "  ", "sk-a\nX-Injected: 1", "sk-ключ"})
  void a_key_that_cannot_be_sent_is_refused_without_showing_it(String key) {
    var model =
        new OpenAiCompatibleModel(
            provider.deepSeek(), provider.http(), () -> key, InstantSource.system());

    var failed = (ChatReply.Failed) model.chat(ProviderStub.request());

    assertThat(failed.failure()).isEqualTo(ChatReply.Failure.UNAUTHORISED);
    assertThat(failed.toString()).doesNotContain("sk-");
    assertThat(provider.received()).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://api.example.org",
        "ftp://api.example.org",
        "https://owner:secret@api.example.org",
        "https://api.example.org/v1?key=secret",
        "api.example.org"
      })
  void a_base_address_that_would_give_the_key_away_is_refused(String address) {
    Dialect dialect = Preset.DEEPSEEK.dialect();

    assertThatThrownBy(() -> dialect.withBaseUrl(URI.create(address)))
        .message()
        .doesNotContain("secret");
  }

  @Test
  void the_plugin_offers_one_model_for_each_dialect_under_its_own_name() {
    Dialect dialect = provider.deepSeek();
    var plugin =
        new LlmPlugin(List.of(dialect), provider.http(), name -> "k", InstantSource.system());

    assertThat(plugin.name()).isEqualTo("llm");
    assertThat(plugin.models()).extracting(model -> model.name()).containsExactly("deepseek");
    assertThat(dialect.host()).isEqualTo(provider.url().getAuthority());
    assertThatThrownBy(() ->
            new LlmPlugin(
                List.of(dialect, dialect), provider.http(), name -> "k", InstantSource.system()))
        .hasMessageContaining("Two models are called deepseek");
  }
}
