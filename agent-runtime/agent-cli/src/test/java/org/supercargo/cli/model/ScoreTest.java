package org.supercargo.cli.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.supercargo.api.asset.Amount;
import org.supercargo.api.asset.Asset;
import org.supercargo.api.model.Usage;

class ScoreTest {
  private static Score score(String label, boolean single, int successes, int cost) {
    var used = new Usage(1, 0, 1, 0, Amount.ofBaseUnits(Asset.USD, cost));
    return new Score(label, single, successes, 10, used, Duration.ZERO, 10, Map.of());
  }

  @Test
  void what_a_cheaper_and_better_model_beats_is_not_on_the_frontier() {
    Score cheap = score("cheap", true, 6, 10);
    Score good = score("good", true, 9, 50);
    Score beaten = score("beaten", true, 5, 20);
    Score router = score("router", false, 9, 60);
    List<Score> all = List.of(cheap, good, beaten, router);
    assertThat(all).filteredOn(each -> each.isOnFrontier(all)).containsExactly(cheap, good);
  }

  @Test
  void as_good_and_as_cheap_beats_nobody_and_a_router_beats_no_model() {
    Score model = score("model", true, 6, 10);
    Score twin = score("router", false, 6, 10);
    Score better = score("router", false, 9, 5);
    List<Score> all = List.of(model, twin, better);
    assertThat(all).allMatch(each -> each.isOnFrontier(all));
  }
}
