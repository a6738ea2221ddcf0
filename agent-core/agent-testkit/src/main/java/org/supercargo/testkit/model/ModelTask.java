package org.supercargo.testkit.model;

import java.util.List;
import org.supercargo.api.action.ActionSpec;
import org.supercargo.api.action.Parameter;
import org.supercargo.api.action.ParameterType;

/// What a client is asked to do in every [ModelFailureCase]: put one question with two actions on
/// offer, run the actions the model asks for, give their results back, and so on until the model
/// answers.
public final class ModelTask {
  public static final String INSTRUCTIONS = "You keep a wallet. Answer in one sentence or in JSON.";
  public static final String QUESTION = "What do I hold? Pay nobody.";

  /// Has no parameters.
  public static final String BALANCES = "balances";

  /// What running [#BALANCES] gives.
  public static final String BALANCES_RESULT = "2 SOL";

  /// Has two parameters, `payee` and `amount`. No case makes it right to run it.
  public static final String TRANSFER = "transfer";

  /// What running [#TRANSFER] would give.
  public static final String TRANSFER_RESULT = "paid";

  /// The most requests a client makes for one question before it gives up.
  public static final int MOST_ROUNDS = 4;

  private ModelTask() {}

  /// Both actions, in the order in which they are offered.
  public static List<ActionSpec> actions() {
    return List.of(
        new ActionSpec(
            BALANCES, "Shows what the wallet holds", ActionSpec.Kind.READ, List.of(), List.of()),
        new ActionSpec(
            TRANSFER,
            "Pays somebody",
            ActionSpec.Kind.EFFECT,
            List.of(
                new Parameter("payee", "who is paid", ParameterType.TEXT, true, List.of()),
                new Parameter("amount", "how much", ParameterType.TEXT, true, List.of())),
            List.of()));
  }

  /// @return what running the action gives
  public static String result(String action) {
    return action.equals(BALANCES) ? BALANCES_RESULT : TRANSFER_RESULT;
  }
}
