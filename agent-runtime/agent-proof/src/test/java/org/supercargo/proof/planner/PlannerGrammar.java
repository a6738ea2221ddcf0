package org.supercargo.proof.planner;

import static org.supercargo.proof.Shape.ROGUE_MIX;

import java.util.List;
import java.util.stream.Stream;
import org.supercargo.proof.signer.Role;

/// Everything a planner tries.
final class PlannerGrammar {
  private static final List<Scheme> SINGLE =
      Stream.of(SpendingSchemes.all(), WordSchemes.all(), MarketSchemes.all())
          .flatMap(List::stream)
          .toList();

  private PlannerGrammar() {}

  static List<Scheme> all() {
    return Stream.concat(SINGLE.stream(), Stream.of(Role.values()).map(PlannerGrammar::mix))
        .toList();
  }

  private static Scheme mix(Role role) {
    List<Scheme> those =
        SINGLE.stream().filter(scheme -> scheme.role() == role && scheme.hours() == 0).toList();
    return Scheme.costly(
        12,
        ROGUE_MIX,
        role,
        voyage -> {
          for (int i = 0; i < 4; i++) {
            those.get(voyage.random().nextInt(those.size())).words().in(voyage);
          }
        });
  }
}
