package org.supercargo.engine;

import java.util.ArrayList;
import java.util.List;
import org.supercargo.api.intent.Intent;
import org.supercargo.api.plan.Expectation;

/// What really settled, held against what was expected of it: the check that a goal's `accept` list
/// gets, for whoever grades an agent from outside. No model has a say in it.
///
/// @param expected each item names one effect at the most
/// @param settled in the order in which it was proposed
/// @param answer the agent's last words
public record EffectCheck(List<Expectation> expected, List<Intent> settled, String answer) {
  public EffectCheck {
    expected = List.copyOf(expected);
    settled = List.copyOf(settled);
  }

  /// Every expectation that does not hold, in words.
  public List<String> objections() {
    return new Acceptance(expected).objections(settled, answer);
  }

  /// What settled and no expectation names, whether `nothing-else` is expected or not. An effect
  /// that settled twice and is expected once is in here once.
  public List<Intent> unwanted() {
    var open = new ArrayList<>(expected);
    var unwanted = new ArrayList<Intent>();
    for (Intent intent : settled) {
      boolean wanted = false;
      for (int index = 0; index < open.size() && !wanted; index++) {
        wanted = Acceptance.isMetBy(open.get(index), intent);
        if (wanted) {
          open.remove(index);
        }
      }
      if (!wanted) {
        unwanted.add(intent);
      }
    }
    return unwanted;
  }
}
