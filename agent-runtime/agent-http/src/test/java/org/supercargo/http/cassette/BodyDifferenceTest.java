package org.supercargo.http.cassette;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// Differences that people can read.
class BodyDifferenceTest {
  private static String difference(String before, String after) {
    return BodyDifference.of(ScriptedHttp.bytes(before), ScriptedHttp.bytes(after));
  }

  @Test
  void a_changed_line_of_a_prompt_is_named_with_its_place() {
    String recorded =
        "{\"model\": \"m\", \"messages\": [{\"role\": \"system\", \"content\":"
            + " \"You keep a wallet.\\nPay nobody.\\nBe brief.\"}], \"stream\": true}";

    assertThat(difference(recorded, recorded.replace("Pay nobody", "Pay anybody")))
        .isEqualTo(
            """
            at messages[0].content line 2
                - messages[0].content line 2: Pay nobody.
                + messages[0].content line 2: Pay anybody.\
            """);
  }

  @Test
  void an_added_line_is_the_only_difference() {
    assertThat(difference("{\"a\": \"1\\n2\\n3\"}", "{\"a\": \"1\\n2\\nnew\\n3\"}"))
        .isEqualTo("at a line 3\n    + a line 3: new");
  }

  @Test
  void a_missing_message_and_a_changed_number_are_named() {
    assertThat(
            difference(
                "{\"messages\": [{\"role\": \"user\"}, {\"role\": \"tool\"}], \"max_tokens\": 100}",
                "{\"messages\": [{\"role\": \"user\"}], \"max_tokens\": 99}"))
        .isEqualTo(
            """
            at messages[1].role
                - messages[1].role: tool
                - max_tokens: 100
                + max_tokens: 99\
            """);
  }

  @Test
  void long_lines_are_shown_where_they_part() {
    String many = "word ".repeat(200);

    assertThat(difference("\"" + many + "old" + many + "\"", "\"" + many + "new" + many + "\""))
        .contains("word old", "word new")
        .hasSizeLessThan(500);
  }

  @Test
  void many_changes_are_cut_off() {
    assertThat(difference("[\"" + "a\\n".repeat(3000) + "\"]", "[\"" + "b\\n".repeat(3000) + "\"]"))
        .endsWith("…")
        .satisfies(text -> assertThat(text.lines()).hasSizeLessThan(30));
  }

  @Test
  void the_same_values_in_other_bytes_are_a_difference() {
    assertThat(difference("{\"a\": 1}", "{\"a\":1}"))
        .contains("at byte 5", "written in another way");
  }

  @Test
  void what_is_no_json_is_compared_by_lines() {
    assertThat(difference("one\ntwo", "one\nthree"))
        .isEqualTo("at line 2\n    - line 2: two\n    + line 2: three");
  }
}
