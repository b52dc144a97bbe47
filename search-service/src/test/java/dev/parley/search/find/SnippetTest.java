package dev.parley.search.find;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.search.FoldedText;
import java.util.List;
import org.junit.jupiter.api.Test;

class SnippetTest {
  @Test
  void shortTextsAreShownWhole() {
    Snippet snippet = snippet("The price\nis agreed", "price");

    assertThat(snippet.text()).isEqualTo("The price is agreed");
    assertThat(parts(snippet)).containsExactly("price");
  }

  @Test
  void highlightsCoverAccentsAndTheirMarks() {
    assertThat(parts(snippet("un café noir", "cafe"))).containsExactly("café");
    assertThat(parts(snippet("un cafe\u0301 noir", "cafe"))).containsExactly("cafe\u0301");
  }

  @Test
  void offsetsCountUtf16UnitsAcrossEmoji() {
    Snippet snippet = snippet("👩‍👩‍👧‍👦 price 😀 price", "price");

    assertThat(parts(snippet)).containsExactly("price", "price");
    assertThat(snippet.highlights().get(0)).containsExactly(12, 17);
  }

  @Test
  void offsetsCountInStoredOrderWhereTextRunsRightToLeft() {
    Snippet snippet = snippet("אמר שָׁלוֹם לכולם", "שלום");

    assertThat(parts(snippet)).containsExactly("שָׁלוֹם");
    assertThat(parts(snippet("السعر مُتَّفَق عليه", "متفق"))).containsExactly("مُتَّفَق");
  }

  @Test
  void oneLetterThatFoldsToTwoIsHighlightedWhole() {
    assertThat(parts(snippet("die Straße da", "strasse"))).containsExactly("Straße");
    assertThat(parts(snippet("ﬁnance", "fi"))).containsExactly("ﬁ");
  }

  @Test
  void longTextsAreCutAroundTheFirstMatch() {
    String body = "word ".repeat(200) + "the price is agreed" + " word".repeat(200);

    Snippet snippet = snippet(body, "price");

    assertThat(snippet.text()).startsWith("…word").endsWith("…").hasSize(242);
    assertThat(parts(snippet)).containsExactly("price");
  }

  @Test
  void cutsPartNoEmojiAndNoLetter() {
    for (int shift = 0; shift < 12; shift++) {
      String body = "x".repeat(shift) + "👩‍👧 ".repeat(60) + "price " + "e\u0301".repeat(300);

      Snippet snippet = snippet(body, "price");

      String middle = snippet.text().substring(1, snippet.text().length() - 1);
      assertThat(body).contains(middle);
      assertThat(Character.isLowSurrogate(middle.charAt(0))).isFalse();
      assertThat(middle.charAt(0)).isNotEqualTo('\u200D');
      assertThat(middle).endsWith("\u0301");
      assertThat(parts(snippet)).containsExactly("price");
    }
  }

  @Test
  void matchesBeyondTheCutAreLeftOut() {
    String body = "price " + "word ".repeat(200) + "price";

    assertThat(parts(snippet(body, "price"))).containsExactly("price");
  }

  @Test
  void withoutMatchesTheBeginningIsShown() {
    Snippet snippet = Snippet.of("a".repeat(300), null);

    assertThat(snippet.text()).isEqualTo("a".repeat(240) + "…");
    assertThat(snippet.highlights()).isEmpty();
  }

  @Test
  void marksOfAnotherTextHighlightNothing() {
    assertThat(Snippet.of("The price", "the \uE000cost\uE001").highlights()).isEmpty();
  }

  /** As the highlighter marks it. */
  private static Snippet snippet(String body, String match) {
    String marked =
        FoldedText.of(body)
            .text()
            .replace(match, FoldedText.MATCH_BEGIN + match + FoldedText.MATCH_END);
    return Snippet.of(body, marked);
  }

  private static List<String> parts(Snippet snippet) {
    return snippet.highlights().stream()
        .map(part -> snippet.text().substring(part[0], part[1]))
        .toList();
  }
}
