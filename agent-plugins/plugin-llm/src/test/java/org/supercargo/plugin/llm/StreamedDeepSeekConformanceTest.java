package org.supercargo.plugin.llm;

import java.time.InstantSource;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.supercargo.api.model.ModelBackend;
import org.supercargo.http.OkHttpTransport;
import org.supercargo.testkit.model.ModelConformance;
import org.supercargo.testkit.model.Scene;

/// DeepSeek as it is asked by default: piece by piece.
class StreamedDeepSeekConformanceTest extends ModelConformance {
  private final OkHttpTransport http = new OkHttpTransport(Set.of("127.0.0.1"));

  @AfterAll
  void closeClient() {
    http.close();
  }

  @Override
  protected ModelBackend backend(Scene scene) {
    Dialect dialect =
        Preset.DEEPSEEK
            .dialect()
            .withBaseUrl(scene.baseUrl())
            .withStream(streams())
            .withWaiting(scene.deadline(), scene.idle());
    return new OpenAiCompatibleModel(dialect, http, this::key, InstantSource.system());
  }

  @Override
  protected boolean streams() {
    return true;
  }
}
