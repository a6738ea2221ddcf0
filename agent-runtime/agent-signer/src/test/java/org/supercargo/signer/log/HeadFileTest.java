package org.supercargo.signer.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.supercargo.signer.log.Records.payment;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.supercargo.api.SupercargoException;

/// Whole lines cut off the end, which the chain of hashes alone does not show.
class HeadFileTest {
  @TempDir Path temporary;

  private Path home() {
    return temporary.resolve("home");
  }

  private Path file() {
    return home().resolve("signatures.log");
  }

  private Path head() {
    return home().resolve("signatures.head");
  }

  private SigningLog open() {
    return SigningLog.open(home(), Records.DAY, Records.JSON);
  }

  private byte[] written(int records) throws Exception {
    try (SigningLog log = open()) {
      for (int number = (int) log.lines() + 1; number <= records; number++) {
        log.append(payment(number));
      }
    }
    return Files.readAllBytes(file());
  }

  @Test
  void a_log_that_was_cut_or_put_back_is_found() throws Exception {
    byte[] two = written(2);
    byte[] four = written(4);
    for (byte[] shorter : new byte[][] {two, new byte[0]}) {
      Files.write(file(), shorter);
      assertThatThrownBy(this::open)
          .isInstanceOfSatisfying(
              SupercargoException.class,
              e ->
                  assertThat(e.what())
                      .endsWith(
                          "ends at line "
                              + (shorter.length == 0 ? 0 : 2)
                              + ", and the signer had written line 4"));
    }
    Files.write(file(), four);
    open().close();
  }

  @Test
  void another_log_of_the_same_length_is_found() throws Exception {
    written(3);
    Path other = temporary.resolve("other");
    try (SigningLog log = SigningLog.open(other, Records.DAY, Records.JSON)) {
      for (int number = 1; number <= 5; number++) {
        log.append(payment(number).at(Records.START.plusSeconds(99)));
      }
    }
    Files.copy(
        other.resolve("signatures.log"), file(), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    assertThatThrownBy(this::open)
        .hasMessageMatching("Line 3 of .* is another one than at the last time");
  }

  @Test
  void a_log_that_went_on_without_the_head_is_taken() throws Exception {
    written(1);
    byte[] older = Files.readAllBytes(head());
    written(3);
    Files.write(head(), older);
    try (SigningLog log = open()) {
      assertThat(log.lines()).isEqualTo(3);
    }
  }

  @Test
  void a_head_that_is_missing_or_not_whole_is_written_anew() throws Exception {
    written(2);
    byte[] whole = Files.readAllBytes(head());
    for (int size = 0; size < whole.length; size += 5) {
      Files.write(head(), Arrays.copyOf(whole, size));
      open().close();
      assertThat(head()).hasBinaryContent(whole);
    }
    Files.delete(head());
    open().close();
    assertThat(head()).hasBinaryContent(whole);
  }

  @Test
  void both_files_put_back_together_are_not_found_here() throws Exception {
    byte[] two = written(2);
    byte[] older = Files.readAllBytes(head());
    written(4);
    Files.write(file(), two);
    Files.write(head(), older);
    try (SigningLog log = open()) {
      assertThat(log.lines()).as("the engine's books have to tell").isEqualTo(2);
    }
  }
}
