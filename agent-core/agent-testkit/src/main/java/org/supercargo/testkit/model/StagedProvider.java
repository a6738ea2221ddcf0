package org.supercargo.testkit.model;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.matchingJsonPath;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.MappingBuilder;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Plays the cases, on 127.0.0.1 and a port of its own.
public final class StagedProvider implements AutoCloseable {
  /// How much later than its deadline a client may give control back on a busy machine.
  private static final Duration SLACK = Duration.ofSeconds(4);

  private static final String SCENARIO = "turns";
  private static final int PIECES = 40;
  private static final int DRIBBLE_MILLIS = 200;

  private final WireMockServer server =
      new WireMockServer(wireMockConfig().dynamicPort().bindAddress("127.0.0.1"));

  public StagedProvider() {
    server.start();
  }

  /// Lets a client meet a case.
  ///
  /// @param streamed whether the client asks for replies piece by piece
  public Verdict play(ModelFailureCase failure, boolean streamed, ModelClient client) {
    if (failure.turns().getFirst() instanceof Turn.Wild(Turn.Wildness wildness)) {
      try (var wild = new WildServer(wildness, streamed)) {
        return run(failure, wild.url(), streamed, client);
      }
    }
    server.resetAll();
    for (int number = 0; number < failure.turns().size(); number++) {
      boolean last = number == failure.turns().size() - 1;
      stage(failure.turns().get(number), number, last ? number : number + 1, streamed);
    }
    return run(failure, URI.create("http://127.0.0.1:" + server.port()), streamed, client);
  }

  private static Verdict run(
      ModelFailureCase failure, URI baseUrl, boolean streamed, ModelClient client) {
    var scene = new Scene(baseUrl, failure.deadline(), failure.idle(), streamed, failure.options());
    List<String> ran = new ArrayList<>();
    long start = System.nanoTime();
    Observed observed = observe(client, scene, ran);
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    boolean late = took.compareTo(failure.within(streamed).plus(SLACK)) > 0;
    Verdict.Grade grade = failure.expected().grade(observed, ran);
    boolean worse = grade == Verdict.Grade.ACTED || grade == Verdict.Grade.SILENT;
    return new Verdict(late && !worse ? Verdict.Grade.LATE : grade, failure, observed, ran, took);
  }

  private static Observed observe(ModelClient client, Scene scene, List<String> ran) {
    try {
      return client.run(
          scene,
          (action, arguments) -> {
            ran.add(action + " " + arguments);
            return ModelTask.result(action);
          });
    } catch (Exception thrown) {
      return Observed.threw(thrown);
    }
  }

  private void stage(Turn turn, int number, int next, boolean streamed) {
    switch (turn) {
      case Turn.Demand(String path, String value, Turn met, Turn unmet) -> {
        stub(
            at(number, next).atPriority(1).withRequestBody(matchingJsonPath(path, equalTo(value))),
            met,
            streamed);
        // Whoever fails a demand stays where it is.
        stub(at(number, number).atPriority(2), unmet, streamed);
      }
      case Turn.Said said -> stub(at(number, next), said, streamed);
      case Turn.Status status -> stub(at(number, next), status, streamed);
      case Turn.Wild wild -> throw new IllegalArgumentException(wild + " is a case of its own");
    }
  }

  private static MappingBuilder at(int number, int next) {
    return post(anyUrl())
        .inScenario(SCENARIO)
        .whenScenarioStateIs(number == 0 ? Scenario.STARTED : "turn " + number)
        .willSetStateTo(next == 0 ? Scenario.STARTED : "turn " + next);
  }

  private void stub(MappingBuilder request, Turn turn, boolean streamed) {
    server.stubFor(request.willReturn(response(turn, streamed)));
  }

  private static ResponseDefinitionBuilder response(Turn turn, boolean streamed) {
    return switch (turn) {
      case Turn.Said said -> said(said, streamed);
      case Turn.Status(int status, var headers, String body) -> {
        ResponseDefinitionBuilder response = aResponse().withStatus(status).withBody(body);
        headers.forEach(response::withHeader);
        yield response;
      }
      case Turn.Demand nested -> throw new IllegalArgumentException(nested + " is nested");
      case Turn.Wild wild -> throw new IllegalArgumentException(wild + " is a case of its own");
    };
  }

  private static ResponseDefinitionBuilder said(Turn.Said said, boolean streamed) {
    String body = streamed ? ProviderText.streamed(said) : ProviderText.whole(said);
    ResponseDefinitionBuilder response =
        aResponse()
            .withStatus(200)
            .withHeader("Content-Type", streamed ? "text/event-stream" : "application/json")
            .withBody(body.getBytes(StandardCharsets.UTF_8));
    return said.manner() == Turn.Manner.DRIBBLED
        ? response.withChunkedDribbleDelay(PIECES, DRIBBLE_MILLIS)
        : response;
  }

  @Override
  public void close() {
    server.stop();
  }
}
