package org.supercargo.plugin.llm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.InstantSource;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.supercargo.api.Bytes;
import org.supercargo.api.model.Ability;
import org.supercargo.api.model.Attestation;
import org.supercargo.api.model.ChatRequest;
import org.supercargo.api.model.ModelCard;
import org.supercargo.api.model.Privacy;

/// What Venice tells about its models.
class VeniceTest {
  private static final String ENCLAVE = "e2ee-deepseek-v4-flash";
  private static final Bytes NONCE = Bytes.fromHex("5a".repeat(32));

  private final ProviderStub provider = new ProviderStub();

  @AfterEach
  void stop() {
    provider.close();
  }

  private Dialect venice() {
    return Preset.VENICE.dialect().withBaseUrl(provider.url());
  }

  private List<ModelCard> catalogue() {
    return catalogue(venice());
  }

  private List<ModelCard> catalogue(Dialect dialect) {
    return new ModelCatalogue(
            dialect,
            provider.http(),
            () -> ProviderStub.KEY,
            InstantSource.fixed(ProviderStub.EVENING))
        .read();
  }

  private static String model(String id, String privacy, String more, String flags) {
    return """
    {"id": "%s", "type": "text", "model_spec": {"availableContextTokens": 200000,
      "maxCompletionTokens": 24000, "privacy": "%s", %s
      "pricing": {"input": {"usd": 0.175, "diem": 9}, "output": {"usd": 0.35, "diem": 9},
                  "cache_input": {"usd": 0.035, "diem": 9}},
      "capabilities": {%s}}}
    """
        .formatted(id, privacy, more, flags);
  }

  @Test
  void the_catalogue_gives_each_model_its_price_abilities_and_privacy() {
    provider.shows(
        "/models",
        "{\"data\": ["
            + String.join(
                ",",
                model("a", "private", "", "\"supportsFunctionCalling\": true"),
                model("b", "anonymized", "", "\"supportsVision\": true"),
                model(
                    "c", "private", "", "\"supportsTeeAttestation\": true,\"supportsE2EE\": true"),
                model("d", "novel", "", ""),
                model("gone", "private", "\"offline\": true,", ""),
                model("early", "private", "\"beta\": true,", ""),
                "{\"id\": \"unpriced\", \"model_spec\": {\"availableContextTokens\": 9000}}")
            + "]}");

    List<ModelCard> cards = catalogue();

    assertThat(cards).extracting(ModelCard::model).containsExactly("a", "b", "c", "d");
    assertThat(cards)
        .extracting(ModelCard::privacy)
        .containsExactly(Privacy.PRIVATE, Privacy.ANONYMISED, Privacy.ENCRYPTED, Privacy.PROVIDER);
    assertThat(cards.get(0).abilities()).containsExactly(Ability.ACTIONS);
    assertThat(cards.get(2).abilities()).containsExactly(Ability.ATTESTATION);
    assertThat(cards.get(0).contextTokens()).isEqualTo(200_000);
    assertThat(cards.get(0).longestReply()).isEqualTo(24_000);
    assertThat(cards.get(0).cost(1_000_000, 1_000_000, ProviderStub.EVENING).number())
        .isEqualTo("0.525");
    assertThat(provider.sentPath()).isEqualTo("/models?type=text");
    assertThat(venice().withCards(cards).defaultModel()).isEqualTo("a");
  }

  @ParameterizedTest
  @CsvSource({
    "true, true, ENCRYPTED",
    "true, false, ATTESTED",
    "false, true, ATTESTED",
    "false, false, ATTESTED"
  })
  void an_enclave_s_model_has_the_class_of_the_way_it_is_asked(
      boolean encrypts, boolean supported, Privacy privacy) {
    provider.shows(
        "/models",
        "{\"data\": ["
            + model(
                "e2ee-x",
                "private",
                "",
                "\"supportsTeeAttestation\": true, \"supportsE2EE\": " + supported)
            + "]}");

    assertThat(catalogue(venice().withEncryption(encrypts)).getFirst().privacy())
        .isEqualTo(privacy);
  }

  @Test
  void a_model_that_is_dearer_beyond_some_length_is_offered_up_to_it() {
    provider.shows(
        "/models",
        "{\"data\": ["
            + model("a", "private", "", "")
                .replace(
                    "\"input\":", "\"extended\": {\"context_token_threshold\": 20000}, \"input\":")
            + "]}");

    assertThat(catalogue().getFirst().contextTokens()).isEqualTo(20_000);
    assertThat(catalogue().getFirst().longestReply()).isEqualTo(20_000);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "{\"error\": \"no\"}", "<html>"})
  void an_answer_that_is_no_list_is_an_error(String body) {
    provider.shows("/models", body);

    assertThatThrownBy(this::catalogue).hasMessageContaining("did not list its models");
  }

  private Attestation attest(String document) {
    provider.shows("/tee/attestation", document);
    return new OpenAiCompatibleModel(
            venice().withEncryption(false),
            provider.http(),
            () -> ProviderStub.KEY,
            InstantSource.system())
        .attest(ENCLAVE, NONCE)
        .orElseThrow();
  }

  private static String document(String nonceField, String nonce, String model, String quote) {
    return "{\"verified\": true, \"%s\": \"%s\", \"model\": \"%s\", \"intel_quote\": \"%s\"}"
        .formatted(nonceField, nonce, model, quote);
  }

  @Test
  void an_attestation_says_what_was_checked_and_what_was_not() {
    byte[] quote = EnclaveServer.quote(EnclaveServer.ADDRESS, NONCE.hex());
    String document = document("nonce", NONCE.hex(), ENCLAVE, HexFormat.of().formatHex(quote));

    Attestation attestation = attest(document);

    assertThat(attestation.document()).isEqualTo(document);
    assertThat(attestation.nonce()).isEqualTo(NONCE);
    assertThat(attestation.checked())
        .contains("repeats the nonce", "names the model", "report data ends with the nonce")
        .contains("not checked");
    assertThat(provider.sentPath())
        .isEqualTo("/tee/attestation?model=" + ENCLAVE + "&nonce=" + NONCE.hex());
  }

  @Test
  void a_quote_without_the_nonce_is_said_to_be_one() {
    byte[] quote = EnclaveServer.quote(EnclaveServer.ADDRESS, "00".repeat(32));
    String base64 = Base64.getEncoder().encodeToString(quote);
    assertThat(attest(document("request_nonce", NONCE.hex(), "", base64)).checked())
        .contains("does not end with the nonce")
        .contains("names no model");
    assertThat(attest(document("nonce", NONCE.hex(), ENCLAVE, "zz")).checked())
        .contains("no readable quote");
  }

  @Test
  void a_document_about_something_else_is_refused() {
    assertThatThrownBy(() -> attest(document("nonce", "00".repeat(32), ENCLAVE, "")))
        .hasMessageContaining("does not repeat the nonce");
    assertThatThrownBy(() -> attest(document("nonce", NONCE.hex(), "another", "")))
        .hasMessageContaining("another model");
    assertThatThrownBy(() -> attest("<html>")).hasMessageContaining("not a JSON object");
  }

  @Test
  void an_enclave_that_is_asked_readably_gets_actions_as_functions() {
    provider.says("stop", "{\"role\": \"assistant\", \"content\": \"done\"}");
    provider.chat(
        venice().withEncryption(false).withStream(false),
        new ChatRequest(
            ENCLAVE, ProviderStub.request().messages(), List.of(EncryptedActionsTest.TRANSFER)));

    assertThat(provider.sent().path("tools")).hasSize(1);
    assertThat(provider.sent().path("messages").path(1).path("content").asText())
        .isEqualTo("balance?");
    assertThat(provider.sentHeader("X-Venice-TEE-Client-Pub-Key")).isNull();
  }

  @Test
  void a_model_without_an_enclave_attests_nothing() {
    var model =
        new OpenAiCompatibleModel(
            venice(), provider.http(), () -> ProviderStub.KEY, InstantSource.system());

    assertThat(model.attest("deepseek-v4-flash", NONCE)).isEmpty();
    assertThat(provider.received()).isZero();
  }
}
