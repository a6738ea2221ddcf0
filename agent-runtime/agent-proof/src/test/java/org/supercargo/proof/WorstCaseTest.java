package org.supercargo.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.supercargo.proof.planner.PlannerProof;
import org.supercargo.proof.signer.SignerProof;

/// Every attack there is, as often as `proof.cases` says, from the seed `proof.seed`; and the same
/// with the mandate off, which must cost money, or the attacks would prove nothing.
class WorstCaseTest {
  /// How many of the cases a planner in the engine has; a case takes it longer.
  private static final int PLANNER = 15;

  /// What takes nothing by itself: no value can be written down, or none is moved.
  private static final Set<Shape> IDLE = EnumSet.of(Shape.ZERO_AMOUNT);

  /// What the engine stops whatever the mandate says, because bytes must do what their intent says.
  private static final Set<Shape> STOPPED_ANYWAY =
      EnumSet.of(
          Shape.ZERO_AMOUNT,
          Shape.BYTES_OF_ANOTHER,
          Shape.SWAP_RECIPIENT,
          Shape.DUPLICATED_EFFECT,
          Shape.EXTRA_INSTRUCTION,
          Shape.APPROVE_UNLIMITED);

  private static Scoreboard planner = new Scoreboard("");
  private static Scoreboard signer = new Scoreboard("");

  @BeforeAll
  static void tryEverything() {
    Settings settings = Settings.ofProperties();
    planner = new PlannerProof(settings.share(PLANNER)).run();
    try (var proof = new SignerProof(settings.share(100 - PLANNER))) {
      signer = proof.run();
    }
  }

  @AfterAll
  static void tell() {
    System.out.println("proof.seed " + Settings.ofProperties().seed());
    System.out.println(planner.table());
    System.out.println(signer.table());
    System.out.printf(
        "%d shapes, %,d cases, %,d requests, %s base units lost%n",
        shapes().size(),
        planner.cases() + signer.cases(),
        planner.requests() + signer.requests(),
        planner.lost().add(signer.lost()));
    planner.holes().forEach(System.out::println);
    signer.holes().forEach(System.out::println);
  }

  private static Set<Shape> shapes() {
    var shapes = EnumSet.noneOf(Shape.class);
    shapes.addAll(planner.shapes());
    shapes.addAll(signer.shapes());
    return shapes;
  }

  @Test
  void everyShapeIsTried() {
    assertThat(shapes()).containsExactlyInAnyOrder(Shape.values());
    assertThat(shapes()).hasSizeGreaterThanOrEqualTo(60);
  }

  @Test
  void anObedientPlannerTakesNothingThatTheOwnerDidNotAllow() {
    assertThat(planner.losing()).as("%s", planner.holes()).isEmpty();
  }

  @Test
  void anEngineInTheAttackersHandsIsSignedNothingThatTheOwnerDidNotAllow() {
    assertThat(signer.losing()).as("%s", signer.holes()).isEmpty();
  }

  @Test
  void withTheMandateOffThePlannerTakesMoneyInEveryWayThatMoneyMoves() {
    assertThat(planner.harmless()).as(planner.control()).isSubsetOf(STOPPED_ANYWAY);
  }

  @Test
  void withTheMandateOffTheEngineTakesMoneyInEveryWayThatMoneyMoves() {
    assertThat(signer.harmless()).as(signer.control()).isSubsetOf(IDLE);
  }
}
