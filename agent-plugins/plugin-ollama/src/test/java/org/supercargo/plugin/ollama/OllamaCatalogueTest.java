package org.supercargo.plugin.ollama;

import static com.github.tomakehurst.wiremock.client.WireMock.equalToJson;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.serverError;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.supercargo.api.SupercargoException;
import org.supercargo.api.model.Ability;

/// What a server says of its models.
class OllamaCatalogueTest {
  private final OllamaStub server = new OllamaStub();

  @AfterEach
  void stop() {
    server.close();
  }

  private void shows(String model, String capabilities, int context) {
    server.server.stubFor(
        post("/api/show")
            .withRequestBody(equalToJson("{\"model\": \"" + model + "\"}"))
            .willReturn(
                okJson(
                    """
                    {"details": {"family": "x"}, "capabilities": %s,
                     "model_info": {"general.architecture": "x", "x.context_length": %d}}
                    """
                        .formatted(capabilities, context))));
  }

  @Test
  void models_come_with_their_abilities_and_as_much_context_as_they_and_the_memory_have() {
    server.server.stubFor(
        get("/api/tags")
            .willReturn(
                okJson(
                    """
                    {"models": [{"name": "qwen3:8b", "model": "qwen3:8b", "size": 1},
                      {"name": "embed:1b"}, {"name": "tiny:1b"},
                      {"name": "big", "remote_host": "https://ollama.com"}]}
                    """)));
    shows("qwen3:8b", "[\"completion\", \"tools\", \"thinking\"]", 40960);
    shows("embed:1b", "[\"embedding\"]", 512);
    shows("tiny:1b", "[\"completion\", \"vision\"]", 2048);
    shows("big", "[\"completion\"]", 9999);

    var models = new OllamaCatalogue(server.url(), server.http()).read(16_384);

    assertThat(models)
        .containsExactly(
            new LocalModel(
                "qwen3:8b",
                16_384,
                16_384,
                EnumSet.of(Ability.JSON, Ability.ACTIONS, Ability.THINKING),
                false),
            new LocalModel("tiny:1b", 2048, 2048, EnumSet.of(Ability.JSON, Ability.VISION), false),
            new LocalModel("big", 9999, 9999, Set.of(Ability.JSON), true));
  }

  @Test
  void a_server_that_is_something_else_is_reported() {
    server.server.stubFor(get("/api/tags").willReturn(serverError().withBody("no")));

    assertThatThrownBy(() -> new OllamaCatalogue(server.url(), server.http()).read(4096))
        .isInstanceOf(SupercargoException.class)
        .hasMessageContaining("/api/tags with status 500");
  }
}
