package dev.parley.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the pages for readers say holds. */
class DocsTest {
  private static final Pattern ROW = Pattern.compile("(?m)^\\| `([a-z0-9_.]+)` \\|(.*)\\|$");
  private static final Pattern NAME = Pattern.compile("`([^`]+)`");

  @Test
  void everyTopicIsInTheTableOfTopicsWithItsWriter() throws IOException {
    Map<String, String> rows = rows("Topics");

    assertThat(rows.keySet())
        .containsExactlyElementsOf(Topics.events().stream().map(Topic::name).toList());
    Topics.events()
        .forEach(
            topic ->
                assertThat(rows.get(topic.name()).replace("\\|", "|"))
                    .contains(topic.owner(), topic.key()));
  }

  @Test
  void everyEventTypeIsInTheTableOfTypesWithItsTopics() throws IOException {
    Map<String, String> rows = rows("Event types");
    List<String> topics = Topics.events().stream().map(Topic::name).toList();

    assertThat(rows.keySet()).containsExactlyElementsOf(Wires.types());
    rows.forEach(
        (type, row) ->
            assertThat(names(row.substring(0, row.indexOf('|'))))
                .as(type)
                .isNotEmpty()
                .isSubsetOf(topics));
  }

  @Test
  void theExampleIsAnEventThatFits() throws IOException {
    String page = page();
    int start = page.indexOf("```json") + "```json".length();
    String example = page.substring(start, page.indexOf("```", start));

    Schemas.validate(example.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void everyCodeIsExplainedOnceUnderItsStatus() throws IOException {
    String page = Files.readString(Wires.inCheckout("docs/errors.md"));
    List<String> codes = new ArrayList<>();
    int status = 0;
    for (String line : page.lines().toList()) {
      if (line.matches("## \\d{3} .*")) {
        status = Integer.parseInt(line.substring(3, 6));
      } else if (line.startsWith("### ")) {
        assertThat(line).matches("### [a-z_]+");
        assertThat(status).as(line).isBetween(400, 599);
        codes.add(line.substring(4));
      }
    }

    assertThat(codes).hasSizeGreaterThan(40).doesNotHaveDuplicates();
    assertThat(Pattern.compile("(?m)^\\*\\*What to do:\\*\\* .+").matcher(page).results().count())
        .isEqualTo(codes.size());
  }

  private static Map<String, String> rows(String section) throws IOException {
    String page = page();
    int start = page.indexOf("\n## " + section + "\n");
    assertThat(start).as("a section " + section).isPositive();
    int end = page.indexOf("\n## ", start + 1);
    Matcher rows = ROW.matcher(page.substring(start, end < 0 ? page.length() : end));
    Map<String, String> found = new LinkedHashMap<>();
    while (rows.find()) {
      found.put(rows.group(1), rows.group(2));
    }
    return found;
  }

  private static List<String> names(String text) {
    return NAME.matcher(text).results().map(match -> match.group(1)).toList();
  }

  private static String page() throws IOException {
    return Files.readString(Wires.inCheckout("docs/events.md"));
  }
}
