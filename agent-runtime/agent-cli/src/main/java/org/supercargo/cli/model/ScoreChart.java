package org.supercargo.cli.model;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.supercargo.api.asset.Amount;
import org.supercargo.api.asset.Asset;

/// Cost against success as an SVG picture, for light and dark pages.
///
/// @param title one line above the picture
/// @param note one line below it: what was compared
public record ScoreChart(String title, String note, List<Score> scores) {
  private static final int WIDTH = 760;
  private static final int HEIGHT = 440;
  private static final int LEFT = 76;
  private static final int TOP = 56;
  private static final int ACROSS = 640;
  private static final int UP = 290;
  private static final int TICKS = 4;
  private static final int LINE = 15;
  private static final int LETTER = 7;

  private static final List<Integer> ROUND = List.of(1, 2, 4, 6, 8);

  private static final String STYLE =
      """
      <style>
        :root { --ink: #1f2328; --dim: #59636e; --grid: #d1d9e0; --model: #0969da; --router: #bc4c00; --page: #ffffff; }
        @media (prefers-color-scheme: dark) {
          :root { --ink: #e6edf3; --dim: #9198a1; --grid: #3d444d; --model: #58a6ff; --router: #ffa657; --page: #0d1117; }
        }
        text { font: 13px system-ui, sans-serif; fill: var(--ink); }
        .title { font-weight: 600; font-size: 15px; }
        .dim { fill: var(--dim); font-size: 12px; }
        .grid { stroke: var(--grid); }
        .model { fill: var(--model); }
        .router { fill: var(--router); }
        .frontier { fill: none; stroke: var(--dim); stroke-dasharray: 4 4; }
      </style>
      """;

  public ScoreChart {
    scores = List.copyOf(scores);
  }

  private record Label(int x, int y, int width) {
    boolean hits(Label other) {
      return Math.abs(y - other.y) < LINE && x < other.x + other.width && other.x < x + width;
    }
  }

  public String svg() {
    var text = new StringBuilder();
    text.append(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\" role=\"img\">\n"
            .formatted(WIDTH, HEIGHT, WIDTH, HEIGHT));
    text.append("<title>").append(escaped(title)).append("</title>\n");
    text.append("<desc>").append(escaped(description())).append("</desc>\n");
    text.append(STYLE);
    text.append(
        "<rect width=\"%d\" height=\"%d\" style=\"fill: var(--page)\"/>\n"
            .formatted(WIDTH, HEIGHT));
    text.append(words("title", LEFT, 28, "start", title));
    axes(text);
    frontier(text);
    points(text);
    text.append(words("dim", LEFT, HEIGHT - 14, "start", note));
    return text.append("</svg>\n").toString();
  }

  private String description() {
    return scores.stream()
        .map(each ->
            each.label()
                + ": "
                + each.successes()
                + " of "
                + each.runs()
                + " tasks right for "
                + each.cost())
        .collect(Collectors.joining("; "));
  }

  private void axes(StringBuilder text) {
    for (int tick = 0; tick <= TICKS; tick++) {
      int y = TOP + UP - UP * tick / TICKS;
      int x = LEFT + ACROSS * tick / TICKS;
      text.append(line(LEFT, y, LEFT + ACROSS, y));
      text.append(line(x, TOP, x, TOP + UP));
      text.append(words("dim", LEFT - 8, y + 4, "end", 100 * tick / TICKS + "%"));
      BigInteger cost =
          largest().multiply(BigInteger.valueOf(tick)).divide(BigInteger.valueOf(TICKS));
      text.append(
          words("dim", x, TOP + UP + 18, "middle", "$" + new Amount(Asset.USD, cost).number()));
    }
    text.append(
        words("dim", LEFT + ACROSS / 2, TOP + UP + 40, "middle", "cost of all tasks, US dollars"));
    text.append(
        "<text class=\"dim\" text-anchor=\"middle\" transform=\"translate(20 %d) rotate(-90)\">tasks done right</text>\n"
            .formatted(TOP + UP / 2));
  }

  /// Single models that none beats, by cost.
  private void frontier(StringBuilder text) {
    String path =
        scores.stream()
            .filter(each -> each.single() && each.isOnFrontier(scores))
            .sorted(Comparator.comparing(each -> each.cost().baseUnits()))
            .map(each -> x(each) + "," + y(each))
            .collect(Collectors.joining(" "));
    text.append("<polyline class=\"frontier\" points=\"").append(path).append("\"/>\n");
  }

  private void points(StringBuilder text) {
    var taken = new ArrayList<Label>();
    scores.forEach(score -> taken.add(new Label(x(score) - 8, y(score) + 4, 16)));
    for (Score score : scores) {
      String kind = score.single() ? "model" : "router";
      text.append(
          score.single()
              ? "<circle class=\"%s\" cx=\"%d\" cy=\"%d\" r=\"6\"/>\n"
                  .formatted(kind, x(score), y(score))
              : "<path class=\"%s\" d=\"M%d %dl8 8l-8 8l-8 -8z\"/>\n"
                  .formatted(kind, x(score), y(score) - 8));
      Label label = free(score, taken);
      taken.add(label);
      text.append(words(kind, label.x(), label.y(), "start", score.label()));
    }
  }

  /// Beside the point where there is room, or as little above or below as it takes.
  private Label free(Score score, List<Label> taken) {
    int width = score.label().length() * LETTER;
    int beside = x(score) + 12;
    int x = beside + width > WIDTH ? x(score) - 12 - width : beside;
    for (int away = 0; ; away++) {
      for (int side : List.of(-1, 1)) {
        var label = new Label(x, y(score) + 4 + side * away * LINE, width);
        if (taken.stream().noneMatch(label::hits)) {
          return label;
        }
      }
    }
  }

  private int x(Score score) {
    return LEFT
        + score
            .cost()
            .baseUnits()
            .multiply(BigInteger.valueOf(ACROSS))
            .divide(largest())
            .intValueExact();
  }

  private static int y(Score score) {
    return TOP + UP - UP * score.permille() / 1_000;
  }

  /// The end of the cost axis: a round number not below any cost.
  private BigInteger largest() {
    BigInteger most =
        scores.stream()
            .map(each -> each.cost().baseUnits())
            .max(Comparator.naturalOrder())
            .orElse(BigInteger.ZERO)
            .max(BigInteger.valueOf(TICKS));
    for (BigInteger unit = BigInteger.ONE; ; unit = unit.multiply(BigInteger.TEN)) {
      for (int round : ROUND) {
        BigInteger end = unit.multiply(BigInteger.valueOf(round));
        if (end.compareTo(most) >= 0) {
          return end;
        }
      }
    }
  }

  private static String line(int left, int top, int right, int bottom) {
    return "<line class=\"grid\" x1=\"%d\" y1=\"%d\" x2=\"%d\" y2=\"%d\"/>\n"
        .formatted(left, top, right, bottom);
  }

  private static String words(String kind, int x, int y, String anchor, String text) {
    return "<text class=\"%s\" x=\"%d\" y=\"%d\" text-anchor=\"%s\">%s</text>\n"
        .formatted(kind, x, y, anchor, escaped(text));
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
