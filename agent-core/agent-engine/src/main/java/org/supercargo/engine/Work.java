package org.supercargo.engine;

import java.util.ArrayList;
import java.util.List;
import org.supercargo.api.intent.Intent;

/// What a tick has really done so far: the intents that settled.
final class Work {
  private final List<Intent> settled = new ArrayList<>();

  void settled(Intent intent) {
    settled.add(intent);
  }

  List<Intent> settled() {
    return List.copyOf(settled);
  }
}
