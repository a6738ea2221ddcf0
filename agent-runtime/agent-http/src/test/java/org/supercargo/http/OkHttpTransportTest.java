package org.supercargo.http;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.supercargo.api.Bytes;
import org.supercargo.api.SupercargoException;
import org.supercargo.api.http.HttpFailure;
import org.supercargo.api.http.HttpReply;
import org.supercargo.api.http.HttpRequest;

/// A well-behaved server and everything the client promises about it.
class OkHttpTransportTest {
  private static final Duration LONG = Duration.ofSeconds(20);
  private static final String SECRET = "sk-5e5e5e5e5e5e";

  private final WireMockServer server =
      new WireMockServer(wireMockConfig().dynamicPort().bindAddress("127.0.0.1"));
  private final List<Duration> pauses = new ArrayList<>();
  private final OkHttpTransport http = transport(Set.of("127.0.0.1"));

  private OkHttpTransport transport(Set<String> hosts) {
    return new OkHttpTransport(
        hosts,
        HttpSettings.DEFAULT,
        InstantSource.fixed(Instant.parse("2026-11-23T10:00:00Z")),
        new Random(11),
        pauses::add);
  }

  @BeforeEach
  void start() {
    server.start();
  }

  @AfterEach
  void stop() {
    http.close();
    server.stop();
  }

  private URI uri(String path) {
    return URI.create("http://127.0.0.1:" + server.port() + path);
  }

  private HttpRequest request(boolean repeatable) {
    return HttpRequest.postJson(uri("/a"), "{\"a\":1}", LONG, repeatable);
  }

  private int received() {
    return server.getAllServeEvents().size();
  }

  @Test
  void a_request_arrives_as_it_is_and_the_reply_comes_back_whole() {
    server.stubFor(
        post("/a")
            .willReturn(
                aResponse().withStatus(201).withHeader("X-Order", "7").withBody("grüße €")));

    HttpReply reply =
        http.send(
            new HttpRequest(
                "POST",
                uri("/a"),
                Map.of("Content-Type", "application/json", "Authorization", "Bearer " + SECRET),
                Bytes.of(new byte[] {'{', '}'}),
                LONG,
                false));

    assertThat(reply.status()).isEqualTo(201);
    assertThat(reply.header("x-order")).contains("7");
    assertThat(reply.text()).isEqualTo("grüße €");
    server.verify(
        1,
        postRequestedFor(anyUrl())
            .withHeader("Content-Type", equalTo("application/json"))
            .withHeader("Authorization", equalTo("Bearer " + SECRET))
            .withRequestBody(equalTo("{}")));
  }

  @Test
  void a_get_carries_no_body() {
    server.stubFor(get("/a?b=c").willReturn(aResponse().withBody("hello")));

    HttpReply reply =
        http.send(new HttpRequest("GET", uri("/a?b=c"), Map.of(), Bytes.EMPTY, LONG, true));

    assertThat(reply.text()).isEqualTo("hello");
  }

  @Test
  void statuses_of_400_and_above_are_replies() {
    server.stubFor(any(anyUrl()).willReturn(aResponse().withStatus(402).withBody("pay")));

    assertThat(http.send(request(true)).status()).isEqualTo(402);
    assertThat(received()).isEqualTo(1);
  }

  @Test
  void a_redirect_is_a_reply_and_is_not_followed() {
    server.stubFor(post("/a").willReturn(aResponse().withStatus(302).withHeader("Location", "/b")));

    HttpReply reply = http.send(request(true));

    assertThat(reply.status()).isEqualTo(302);
    assertThat(received()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {429, 502, 503, 504})
  void a_repeatable_request_is_sent_again_after_a_passing_trouble(int status) {
    troubleThenSuccess(status, null);

    HttpReply reply = http.send(request(true));

    assertThat(reply.status()).isEqualTo(200);
    assertThat(received()).isEqualTo(2);
    assertThat(pauses).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {408, 421, 429, 502, 503, 504})
  void a_request_that_is_not_repeatable_is_sent_once_whatever_comes_back(int status) {
    troubleThenSuccess(status, "0");

    HttpReply reply = http.send(request(false));

    assertThat(reply.status()).isEqualTo(status);
    assertThat(reply.header("Retry-After")).contains("0");
    assertThat(received()).isEqualTo(1);
    assertThat(pauses).isEmpty();
  }

  @Test
  void a_request_without_a_body_is_not_repeated_behind_our_back_either() {
    server.stubFor(
        get("/a").willReturn(aResponse().withStatus(503).withHeader("Retry-After", "0")));

    HttpReply reply =
        http.send(new HttpRequest("GET", uri("/a"), Map.of(), Bytes.EMPTY, LONG, false));

    assertThat(reply.status()).isEqualTo(503);
    assertThat(reply.header("Retry-After")).contains("0");
    assertThat(received()).isEqualTo(1);
  }

  @Test
  void retries_end_after_three() {
    server.stubFor(post("/a").willReturn(aResponse().withStatus(503)));

    assertThat(http.send(request(true)).status()).isEqualTo(503);
    assertThat(received()).isEqualTo(4);
  }

  @Test
  void a_500_is_not_repeated_because_the_other_side_did_run_it() {
    server.stubFor(post("/a").willReturn(aResponse().withStatus(500)));

    assertThat(http.send(request(true)).status()).isEqualTo(500);
    assertThat(received()).isEqualTo(1);
  }

  @Test
  void the_pause_is_as_long_as_the_server_asks_in_seconds() {
    troubleThenSuccess(429, "7");

    assertThat(http.send(request(true)).status()).isEqualTo(200);
    assertThat(pauses).containsExactly(Duration.ofSeconds(7));
  }

  @Test
  void the_pause_is_as_long_as_the_server_asks_with_a_date() {
    troubleThenSuccess(503, "Mon, 23 Nov 2026 10:00:09 GMT");

    assertThat(http.send(request(true)).status()).isEqualTo(200);
    assertThat(pauses).containsExactly(Duration.ofSeconds(9));
  }

  @Test
  void a_pause_that_ends_after_the_deadline_is_left_to_the_caller() {
    troubleThenSuccess(429, "3600");

    HttpReply reply = http.send(request(true));

    assertThat(reply.status()).isEqualTo(429);
    assertThat(reply.header("retry-after")).contains("3600");
    assertThat(received()).isEqualTo(1);
    assertThat(pauses).isEmpty();
  }

  @Test
  void an_unreadable_retry_after_leaves_the_ordinary_pause() {
    troubleThenSuccess(429, "soon");

    assertThat(http.send(request(true)).status()).isEqualTo(200);
    assertThat(pauses).singleElement().satisfies(p -> assertThat(p).isLessThan(LONG));
  }

  private void troubleThenSuccess(int status, @org.jspecify.annotations.Nullable String after) {
    var trouble = aResponse().withStatus(status);
    server.stubFor(
        post("/a")
            .inScenario("trouble")
            .whenScenarioStateIs(Scenario.STARTED)
            .willReturn(after == null ? trouble : trouble.withHeader("Retry-After", after))
            .willSetStateTo("well"));
    server.stubFor(
        post("/a")
            .inScenario("trouble")
            .whenScenarioStateIs("well")
            .willReturn(aResponse().withStatus(200)));
  }

  @Test
  void a_host_that_is_not_granted_is_refused_by_policy_before_anything_is_sent() {
    try (var closed = transport(Set.of("api.example.org"))) {
      assertThatThrownBy(() -> closed.send(request(true)))
          .isInstanceOfSatisfying(
              SupercargoException.class,
              e -> assertThat(e.category()).isEqualTo(SupercargoException.Category.POLICY))
          .hasMessageContaining("127.0.0.1")
          .hasMessageContaining("not granted");
    }
    assertThat(received()).isZero();
  }

  @Test
  void a_grant_with_a_port_is_for_that_port_only() {
    server.stubFor(any(anyUrl()).willReturn(aResponse()));
    try (var right = transport(Set.of("127.0.0.1:" + server.port()));
        var wrong = transport(Set.of("127.0.0.1:1"))) {
      assertThat(right.send(request(false)).status()).isEqualTo(200);
      assertThatThrownBy(() -> wrong.send(request(false))).hasMessageContaining("not granted");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://127.0.0.1@evil.example/",
        "http://127.0.0.1.evil.example/",
        "http://127.0.0.2/",
        "http://user:127.0.0.1@[::1]/",
        "https://EVIL.example/127.0.0.1"
      })
  void a_look_alike_of_a_granted_host_is_refused(String address) {
    var request = HttpRequest.postJson(URI.create(address), "{}", LONG, false);

    assertThatThrownBy(() -> http.send(request)).hasMessageContaining("not granted");
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://a.example", "a.example/path", "a b", "", "u@a.example", "a?b"})
  void an_entry_that_is_not_a_host_is_refused(String entry) {
    assertThatThrownBy(() -> transport(Set.of(entry))).hasMessageContaining("is not a host");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ftp://127.0.0.1/", "file:///etc/hosts", "mailto:a@b.example"})
  void an_address_that_is_not_http_is_refused(String address) {
    var request = HttpRequest.postJson(URI.create(address), "{}", LONG, false);

    assertThatThrownBy(() -> http.send(request)).hasMessageContaining("not an http or https");
  }

  @Test
  void a_failure_tells_neither_headers_nor_query_nor_user_nor_a_key_in_the_path() {
    int port = server.port();
    server.stop();
    var address =
        "http://owner:" + SECRET + "@127.0.0.1:" + port + "/v2/0123456789abcdef0123?key=" + SECRET;
    var request =
        new HttpRequest(
            "POST",
            URI.create(address),
            Map.of("Authorization", "Bearer " + SECRET),
            Bytes.of(SECRET.getBytes(java.nio.charset.StandardCharsets.UTF_8)),
            LONG,
            false);

    HttpFailure failure = catchThrowableOfType(HttpFailure.class, () -> http.send(request));

    assertThat(failure).hasMessageContaining("POST http://127.0.0.1:" + port + "/v2/…");
    assertThat(wholeText(failure))
        .doesNotContain(SECRET)
        .doesNotContain("0123456789abcdef")
        .doesNotContain("owner");
  }

  @Test
  void a_header_value_that_http_does_not_allow_is_refused_without_quoting_it() {
    var request =
        new HttpRequest(
            "POST", uri("/a"), Map.of("X-Api-Key", SECRET + "\n"), Bytes.EMPTY, LONG, false);

    SupercargoException refused =
        catchThrowableOfType(SupercargoException.class, () -> http.send(request));

    assertThat(refused.category()).isEqualTo(SupercargoException.Category.USER);
    assertThat(refused).hasMessageContaining("X-Api-Key");
    assertThat(wholeText(refused)).doesNotContain(SECRET);
  }

  private static String wholeText(Throwable throwable) {
    var text = new StringWriter();
    throwable.printStackTrace(new PrintWriter(text));
    return text.toString();
  }
}
