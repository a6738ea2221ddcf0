package org.supercargo.plugin.offline;

import java.util.List;
import org.supercargo.api.action.Plugin;
import org.supercargo.api.model.ModelBackend;

/// Brings the [OfflineModel].
public final class OfflineModelPlugin implements Plugin {
  @Override
  public String name() {
    return "offline-model";
  }

  @Override
  public List<ModelBackend> models() {
    return List.of(new OfflineModel());
  }
}
