package org.supercargo.cli.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.supercargo.api.SupercargoException;
import org.supercargo.engine.model.Measurement;

/// What comparisons of models have found, one measurement for each model.
///
/// @param path `measurements.json` in the data directory
public record MeasurementsFile(Path path) {
  /// What the file is called in the data directory.
  public static final String NAME = "measurements.json";

  private static final JsonMapper JSON = new JsonMapper();

  /// @throws SupercargoException of category USER when the file is damaged
  public List<Measurement> read() {
    if (!Files.exists(path)) {
      return List.of();
    }
    try {
      var measurements = new ArrayList<Measurement>();
      for (JsonNode node : JSON.readTree(Files.readString(path)).path("measurements")) {
        measurements.add(measurement(node));
      }
      return measurements;
    } catch (JsonProcessingException | DateTimeException | IllegalArgumentException e) {
      throw SupercargoException.user(
          path + " holds no measurements: " + e.getMessage(),
          "Delete it and measure again with: supercargo models compare");
    } catch (IOException e) {
      throw unusable(e);
    }
  }

  private static Measurement measurement(JsonNode node) {
    return new Measurement(
        node.path("model").asText(),
        node.path("successes").asInt(-1),
        node.path("runs").asInt(),
        Duration.ofMillis(node.path("medianLatencyMs").asLong()),
        LocalDate.parse(node.path("dated").asText()));
  }

  /// Adds measurements; one of a model that was measured before takes the older one's place.
  public void add(Collection<Measurement> found) {
    Map<String, Measurement> all = new LinkedHashMap<>();
    read().forEach(each -> all.put(each.model(), each));
    found.forEach(each -> all.put(each.model(), each));
    var document = JSON.createObjectNode();
    ArrayNode list = document.putArray("measurements");
    for (Measurement each : all.values()) {
      list.addObject()
          .put("model", each.model())
          .put("successes", each.successes())
          .put("runs", each.runs())
          .put("medianLatencyMs", each.medianLatency().toMillis())
          .put("dated", each.dated().toString());
    }
    try {
      Files.createDirectories(path.toAbsolutePath().getParent());
      Path fresh = path.resolveSibling(NAME + ".new");
      Files.writeString(fresh, document.toPrettyString() + "\n");
      Files.move(fresh, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw unusable(e);
    }
  }

  private SupercargoException unusable(IOException cause) {
    return SupercargoException.user(
        path + " cannot be used: " + cause.getMessage(), "Name another directory with --data.");
  }
}
