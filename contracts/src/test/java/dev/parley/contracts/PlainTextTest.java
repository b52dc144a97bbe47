package dev.parley.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlainTextTest {
  private static final long A_SECOND = 1_000_000_000L;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "**bold** and *slanted*|bold and slanted",
        "__bold__, _slanted_.|bold, slanted.",
        "~~gone~~ `code *as is*`|gone code *as is*",
        "***both***|both",
        "**bold with *slanted* inside**|bold with slanted inside",
        "(*in brackets*)|(in brackets)",
        "> quoted|quoted",
        ">> twice|twice",
        "* item|- item",
        "- item|- item",
        "2. second|2. second"
      })
  void marksAreDropped(String markdown, String plain) {
    assertThat(PlainText.of(markdown)).isEqualTo(plain);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "see [our page](https://a.example/x_y_z)|see our page (https://a.example/x_y_z)",
        "[https://a.example](https://a.example)|https://a.example",
        "[ana@a.example](mailto:ana@a.example)|ana@a.example",
        "[call](tel:+15551230100)!|call (tel:+15551230100)!",
        "[**bold** link](https://a.example)|bold link (https://a.example)",
        "**https://a.example/_x_**|https://a.example/_x_",
        "[no](javascript:alert)|[no](javascript:alert)",
        "[no] (https://a.example)|[no] (https://a.example)"
      })
  void linksAreSpelledOut(String markdown, String plain) {
    assertThat(PlainText.of(markdown)).isEqualTo(plain);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2*3*4",
        "snake_case_name",
        "a * b * c",
        "5 > 3",
        "~5 minutes",
        "* not closed",
        "**",
        "^{}\\[~]|€",
        "https://a.example/_x_?a=~~b~~",
        "(http://a.example/_x_)"
      })
  void whatOnlyMightBeAMarkStays(String text) {
    assertThat(PlainText.of(text)).isEqualTo(text.replace("* not", "- not"));
  }

  @Test
  void codeBlocksStayAsTheyAreWithoutTheirFence() {
    assertThat(PlainText.of("run:\n```sh\nls *a* _b_\n> x\n```\ndone"))
        .isEqualTo("run:\nls *a* _b_\n> x\ndone");
  }

  @Test
  void linesStay() {
    assertThat(PlainText.of("one\n\n**two**\n")).isEqualTo("one\n\ntwo");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"*", "_a ", "http://_", "[", "](", "[](", "`", "**a *", "~~", "[a](", "> "})
  void hostileTextsTakeLittleTime(String piece) {
    String text = piece.repeat(40_000 / piece.length());
    assertThat(cpuTime(() -> PlainText.of(text))).isLessThan(A_SECOND);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "@ana, see **@bo.b**.|@Ana *Öz*, see @Bob.",
        "_@bo.b_ and (@ana)!|@Bob and (@Ana *Öz*)!",
        "@ana: @anabel @ana.b ana@bo.b|@Ana *Öz*: @anabel @ana.b ana@bo.b",
        "https://a.example/@ana|https://a.example/@ana",
        "@channel @here @eve|@channel @here @eve"
      })
  void mentionedPeopleAreNamed(String markdown, String plain) {
    assertThat(PlainText.of(markdown, Map.of("ana", "Ana *Öz*", "bo.b", "Bob"))).isEqualTo(plain);
    assertThat(PlainText.of(markdown, Map.of())).isEqualTo(PlainText.of(markdown));
  }

  @Test
  void whoSaysItStandsFirstOnOneLine() {
    assertThat(PlainText.by(" Ana\n Öz ", "Hello")).isEqualTo("Ana Öz: Hello");
  }

  @Test
  void theLimitCountsAsAPersonDoes() {
    assertThat(PlainText.isTooLong("x".repeat(1600))).isFalse();
    assertThat(PlainText.isTooLong("x".repeat(1601))).isTrue();
    assertThat(PlainText.isTooLong("😀".repeat(1600))).isFalse();
    assertThat(PlainText.isTooLong("😀".repeat(1601))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"@", "@-", "@_ ", "(@a-", "@a "})
  void hostileMentionsTakeLittleTime(String piece) {
    String text = piece.repeat(40_000 / piece.length());
    Map<String, String> names = Map.of("a", "A", "-", "Dash", "a-", "Both");
    assertThat(cpuTime(() -> PlainText.of(text, names))).isLessThan(A_SECOND);
  }

  /** What it takes by itself, however busy the machine is; linear texts take milliseconds. */
  private static long cpuTime(Runnable task) {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long began = threads.getCurrentThreadCpuTime();
    task.run();
    return threads.getCurrentThreadCpuTime() - began;
  }
}
