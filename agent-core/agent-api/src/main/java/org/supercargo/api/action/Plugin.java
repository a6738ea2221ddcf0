package org.supercargo.api.action;

import java.util.List;
import org.supercargo.api.chain.Chain;
import org.supercargo.api.chain.SwapVenue;
import org.supercargo.api.model.ModelBackend;

/// What a plugin brings. Every method is optional; a class with nothing but [Action] methods is a
/// complete plugin.
public interface Plugin {
  /// The name agent files use, such as `wallet`.
  String name();

  /// Chains this plugin connects to.
  default List<Chain> chains() {
    return List.of();
  }

  /// Places where assets are exchanged.
  default List<SwapVenue> swapVenues() {
    return List.of();
  }

  /// Language models this plugin can talk to.
  default List<ModelBackend> models() {
    return List.of();
  }
}
