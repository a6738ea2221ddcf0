package org.supercargo.proof.signer;

import static org.supercargo.proof.Shape.ROGUE_MIX;

import java.util.List;
import java.util.stream.Stream;

/// Everything that is tried on the signer.
final class SignerGrammar {
  private static final List<Plot> SINGLE =
      Stream.of(
              BudgetPlots.all(),
              FigurePlots.all(),
              EvmPlots.all(),
              CallPlots.all(),
              SolanaPlots.all(),
              TradePlots.all(),
              ProtocolPlots.all(),
              ApprovalPlots.all())
          .flatMap(List::stream)
          .toList();

  private SignerGrammar() {}

  static List<Plot> all() {
    return Stream.concat(SINGLE.stream(), Stream.of(Role.values()).map(SignerGrammar::mix))
        .toList();
  }

  private static Plot mix(Role role) {
    List<Plot> those =
        SINGLE.stream()
            .filter(plot -> plot.role() == role && !plot.alone() && plot.hours() == 0)
            .toList();
    return Plot.costly(
        12,
        ROGUE_MIX,
        role,
        engine -> {
          for (int i = 0; i < 5; i++) {
            those.get(engine.random().nextInt(those.size())).attack().on(engine);
          }
        });
  }
}
