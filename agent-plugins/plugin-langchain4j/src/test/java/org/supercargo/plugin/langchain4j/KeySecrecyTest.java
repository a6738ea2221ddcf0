package org.supercargo.plugin.langchain4j;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.supercargo.plugin.langchain4j.ProviderStub.message;

import com.github.tomakehurst.wiremock.http.Fault;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.supercargo.api.model.ChatReply;
import org.supercargo.api.model.ChatReply.Failure;

/// The key goes into one header and nowhere else.
class KeySecrecyTest {
  private final ProviderStub provider = new ProviderStub();

  @AfterEach
  void stop() {
    provider.close();
  }

  private String said() {
    return provider.claude().chat(ProviderStub.request()).toString()
        + provider.gemini().chat(ProviderStub.request());
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 302, 400, 401, 402, 403, 422, 429, 500, 503, 529})
  void a_provider_that_quotes_the_key_does_not_get_it_into_a_reply(int status) {
    provider.answers(
        status, "{\"error\": {\"message\": \"key " + ProviderStub.KEY + " is wrong\"}}");

    assertThat(said()).doesNotContain("sk-ant");
  }

  @Test
  void a_reply_that_quotes_the_key_does_not_get_it_into_a_message() {
    provider.answers(
        200,
        message("max_tokens", "[{\"type\": \"text\", \"text\": \"" + ProviderStub.KEY + "\"}]"));

    assertThat(provider.claude().chat(ProviderStub.request()).toString())
        .contains("TRUNCATED")
        .doesNotContain("sk-ant");
  }

  @Test
  void no_half_of_a_key_is_left_where_a_message_is_cut() {
    IntStream.rangeClosed(200, 245)
        .forEach(length -> {
          provider.answers(
              500, "{\"error\": \"" + "x ".repeat(length / 2) + ProviderStub.KEY + "\"}");
          assertThat(said()).as("after " + length).doesNotContain("sk-ant");
        });
  }

  @Test
  void nothing_that_is_logged_on_the_way_has_the_key() {
    List<String> logged = new ArrayList<>();
    Logger root = Logger.getLogger("");
    Level before = root.getLevel();
    Handler handler =
        new Handler() {
          @Override
          public void publish(LogRecord entry) {
            logged.add(entry.getMessage() + entry.getThrown());
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };
    handler.setLevel(Level.ALL);
    root.addHandler(handler);
    root.setLevel(Level.ALL);
    try {
      provider.answers(500, "{\"error\": \"" + ProviderStub.KEY + "\"}");
      assertThat(said()).doesNotContain("sk-ant");
      provider.answers(aResponse().withFault(Fault.MALFORMED_RESPONSE_CHUNK));
      assertThat(said()).doesNotContain("sk-ant");
    } finally {
      root.setLevel(before);
      root.removeHandler(handler);
    }
    assertThat(String.join("\n", logged)).doesNotContain("sk-ant");
  }

  @Test
  void the_key_is_asked_for_at_every_call_and_trimmed() {
    var key = new AtomicReference<>("sk-first\n");
    var model =
        LangChain4jModels.anthropic(
            ProviderSettings.anthropic().withBaseUrl(provider.url()),
            provider.http(),
            key::get,
            ProviderStub.CLOCK);
    provider.answers(200, message("end_turn", "[{\"type\": \"text\", \"text\": \"x\"}]"));

    model.chat(ProviderStub.request());
    assertThat(provider.newest().getHeader("x-api-key")).isEqualTo("sk-first");
    key.set("sk-second");
    model.chat(ProviderStub.request());

    assertThat(provider.newest().getHeader("x-api-key")).isEqualTo("sk-second");
    assertThat(provider.newest().header("x-api-key").values()).hasSize(1);
    assertThat(model.toString()).doesNotContain("sk-");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "  ", "sk-a\nX-Injected: 1", "sk-ключ"})
  void a_key_that_cannot_be_sent_is_refused_without_showing_it(String key) {
    var model =
        LangChain4jModels.anthropic(
            ProviderSettings.anthropic().withBaseUrl(provider.url()),
            provider.http(),
            () -> key,
            ProviderStub.CLOCK);

    var failed = (ChatReply.Failed) model.chat(ProviderStub.request());

    assertThat(failed.failure()).isEqualTo(Failure.UNAUTHORISED);
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
    assertThatThrownBy(() -> ProviderSettings.anthropic().withBaseUrl(URI.create(address)))
        .message()
        .doesNotContain("secret");
  }
}
