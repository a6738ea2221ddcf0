package org.supercargo.testkit;

import java.util.List;
import org.supercargo.api.intent.Effect;

/// What a contract on a [FakeChain] does when it is called.
@FunctionalInterface
public interface FakeContract {
  /// What a call brings about besides the coin it sends along. It may move only what the caller
  /// holds, like a contract that was approved.
  List<Effect> does(Effect.Call call);
}
