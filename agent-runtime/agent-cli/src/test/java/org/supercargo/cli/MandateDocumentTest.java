package org.supercargo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The worked example of docs/mandate.md does what the document says.
final class MandateDocumentTest {
  private static final Pattern FILE =
      Pattern.compile("<!-- file: (\\S+) -->\n```yaml\n(.*?)```", Pattern.DOTALL);

  private static final List<String> KEYS =
      List.of(
          "name",
          "allow",
          "approve",
          "deny",
          "chains",
          "assets",
          "payees",
          "buys",
          "contracts",
          "functions",
          "arguments",
          "hosts",
          "shops",
          "products",
          "per-transaction",
          "rolling",
          "lifetime",
          "count",
          "share-of-balance",
          "above",
          "maximum-loss",
          "maximum-slippage",
          "hours",
          "payee-known-for",
          "payee-from",
          "amount-from",
          "by",
          "quorum",
          "delay",
          "lapse");

  private static String document() throws IOException {
    return Files.readString(CommandProcess.home().resolve("docs").resolve("mandate.md"));
  }

  private static Map<String, Path> files(Path folder) throws IOException {
    var files = new LinkedHashMap<String, Path>();
    Matcher matcher = FILE.matcher(document());
    while (matcher.find()) {
      Path file = folder.resolve(matcher.group(1));
      files.put(matcher.group(1), Files.writeString(file, matcher.group(2)));
    }
    return files;
  }

  @Test
  void the_worked_example_passes_its_own_table_and_has_no_warnings(@TempDir Path folder)
      throws IOException {
    Map<String, Path> files = files(folder);
    assertThat(files).containsOnlyKeys("stall.yaml", "stall.cases.yaml");
    String agent = folder.resolve("stall.yaml").toString();
    String cases = folder.resolve("stall.cases.yaml").toString();
    var test = CommandOutput.of("mandate", "test", agent, "--cases", cases);
    assertThat(test.status()).as(test.text()).isZero();
    assertThat(test.text()).contains("9 of 9 cases as expected");
    var check = CommandOutput.of("mandate", "check", agent);
    assertThat(check.status()).as(check.text()).isZero();
  }

  @Test
  void every_key_of_a_rule_is_documented() throws IOException {
    String document = document();
    for (String key : KEYS) {
      assertThat(document).as("the key " + key).contains("`" + key + "`");
    }
  }

  @Test
  void every_starter_is_in_the_list() throws IOException {
    String document = document();
    for (String starter : MandateExamplesTest.starters().toList()) {
      assertThat(document).contains("../examples/mandates/" + starter);
    }
  }
}
