package org.supercargo.testkit.model;

import java.time.Duration;
import java.util.List;
import org.supercargo.api.model.ChatReply.Failure;

/// What goes wrong below HTTP.
final class BrokenExchanges {
  private static final Duration SHORT = Duration.ofMillis(700);
  private static final Duration LONG = Duration.ofSeconds(20);

  private BrokenExchanges() {}

  private static ModelFailureCase row(
      Failure failure, Turn.Wildness wildness, String name, String behaviour) {
    return ModelFailureCase.of(name, behaviour, Expected.failure(failure), new Turn.Wild(wildness));
  }

  static List<ModelFailureCase> cases() {
    return List.of(
        row(
                Failure.TIMED_OUT,
                Turn.Wildness.KEEPS_ALIVE,
                "signs of life do not prolong the deadline",
                "it sends blank lines or comments and never a reply")
            .within(SHORT, LONG),
        row(
                Failure.TIMED_OUT,
                Turn.Wildness.FALLS_SILENT,
                "silence ends at the deadline",
                "it sends the head of a reply and nothing more")
            .within(SHORT, LONG),
        row(
                Failure.TIMED_OUT,
                Turn.Wildness.FALLS_SILENT,
                "silence ends long before the deadline",
                "it sends the head of a stream and nothing more")
            .within(LONG, SHORT)
            .only(ModelFailureCase.Form.STREAMED),
        row(
            Failure.BROKEN_OFF,
            Turn.Wildness.CUTS_OFF,
            "a reply that breaks off is no answer and may cost",
            "its connection ends in the middle of a reply"),
        row(
            Failure.BROKEN_OFF,
            Turn.Wildness.HANGS_UP,
            "a connection that ends without a reply may cost",
            "its connection ends after the request"),
        row(
            Failure.UNREACHABLE,
            Turn.Wildness.ABSENT,
            "a provider that is not there costs nothing",
            "nobody listens"));
  }
}
