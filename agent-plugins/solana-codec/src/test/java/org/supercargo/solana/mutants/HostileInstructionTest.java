package org.supercargo.solana.mutants;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.supercargo.api.asset.Address;
import org.supercargo.api.asset.ChainId;
import org.supercargo.api.chain.DecodingHints;
import org.supercargo.api.intent.Effect;
import org.supercargo.solana.Instruction;
import org.supercargo.solana.Message;
import org.supercargo.solana.MessageCompiler;
import org.supercargo.solana.SolanaCodec;
import org.supercargo.solana.mutants.HostileInstruction.Fate;

/// Every instruction of the programs a wallet meets is an exact effect, a change of authority, or
/// undecodable, and says in a sentence why.
class HostileInstructionTest {
  private static final Address WALLET =
      new Address(ChainId.SOLANA, "AKnL4NNf3DGWZJS6cPknBuEGnVsV4A4m5tgebLHaRSZ9");
  private static final Address PAYEE =
      new Address(ChainId.SOLANA, "9hSR6S7WPtxmTojgo6GG3k4yDPecgJY292j7xrsUGWBu");

  private final SolanaCodec codec = new SolanaCodec();

  static Stream<HonestPayment> payments() {
    return new HonestPayments(WALLET, PAYEE).all().stream();
  }

  @ParameterizedTest
  @MethodSource("payments")
  void each_instruction_decodes_to_its_fate(HonestPayment payment) {
    assertThat(HostileInstructions.against(payment))
        .hasSizeGreaterThan(200)
        .allSatisfy(hostile ->
            assertThat(fate(decode(payment, List.of(hostile.instruction()))))
                .as("%s", hostile)
                .isEqualTo(hostile.fate()));
  }

  @ParameterizedTest
  @MethodSource("payments")
  void none_of_them_hides_behind_the_payment(HonestPayment payment) {
    List<Effect> honest = decode(payment, payment.instructions());
    for (HostileInstruction hostile : HostileInstructions.against(payment)) {
      var instructions = new ArrayList<>(payment.instructions());
      instructions.add(hostile.instruction());
      if (hostile.fate() != Fate.FEE) {
        assertThat(decode(payment, instructions)).as("%s", hostile).isNotEqualTo(honest);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("payments")
  void each_refusal_is_a_sentence(HonestPayment payment) {
    for (HostileInstruction hostile : HostileInstructions.against(payment)) {
      for (Effect effect : decode(payment, List.of(hostile.instruction()))) {
        if (effect instanceof Effect.AuthorityChange change) {
          assertThat(change.what())
              .as("%s", hostile)
              .matches("[A-Z][^ ]+( [^ ]+){3,}")
              .doesNotEndWith(".");
        }
        if (effect instanceof Effect.Undecodable unknown) {
          assertThat(unknown.what())
              .as("%s", hostile)
              .matches("[^ ]+( [^ ]+){3,}")
              .doesNotEndWith(".");
        }
      }
    }
  }

  private static Fate fate(List<Effect> effects) {
    if (effects.stream().anyMatch(Effect.AuthorityChange.class::isInstance)) {
      assertThat(effects).noneMatch(Effect.Move.class::isInstance);
      return Fate.CONTROL;
    }
    if (effects.stream().anyMatch(Effect.Undecodable.class::isInstance)) {
      return Fate.UNREAD;
    }
    return effects.size() > 1 ? Fate.EFFECT : Fate.FEE;
  }

  private List<Effect> decode(HonestPayment payment, List<Instruction> instructions) {
    Message message =
        new MessageCompiler(payment.wallet(), instructions).legacy(HonestPayment.BLOCKHASH);
    return codec.decode(
        ChainId.SOLANA, message.serialize(), WALLET, DecodingHints.of(payment.intent()));
  }
}
