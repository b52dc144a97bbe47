package dev.parley.search;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FoldedTextTest {
  @ParameterizedTest
  @CsvSource({
    "Café, cafe",
    "CAFE\u0301, cafe",
    "Straße, strasse",
    "Ångström, angstrom",
    "Łódź, lodz",
    "İstanbul ısı, istanbul isi",
    "ﬁnance, finance",
    "ＰＡＲＬＥＹ, parley",
    "ΣΊΣΥΦΟΣ, σισυφοσ",
    "Σίσυφος, σισυφοσ",
    "ёлка, елка",
    "مُحَمَّد, محمد",
    "שָׁלוֹם, שלום",
    "가격, 가격",
    "がく, がく",
    "हिन्दी, हिन्दी",
    "re\u00ADport, report",
  })
  void accentsAndCaseDoNotMatter(String original, String folded) {
    assertThat(FoldedText.of(original).text()).isEqualTo(folded);
  }

  @Test
  void composedAndDecomposedFoldAlike() {
    assertThat(FoldedText.of("か\u3099").text()).isEqualTo(FoldedText.of("が").text());
    assertThat(FoldedText.of("가").text()).isEqualTo("가");
  }

  @Test
  void eachFoldedCharacterKnowsItsOriginal() {
    FoldedText folded = FoldedText.of("😀 e\u0301ß x");

    assertThat(folded.text()).isEqualTo("😀 ess x");
    assertThat(folded.startOf(3)).isEqualTo(3);
    assertThat(folded.endOf(3)).isEqualTo(5);
    assertThat(folded.startOf(4)).isEqualTo(5);
    assertThat(folded.startOf(5)).isEqualTo(5);
    assertThat(folded.endOf(5)).isEqualTo(6);
    assertThat(folded.startOf(7)).isEqualTo(7);
  }

  @Test
  void expansionsOutgrowTheOriginal() {
    FoldedText folded = FoldedText.of("ß".repeat(100));

    assertThat(folded.text()).isEqualTo("s".repeat(200));
    assertThat(folded.startOf(199)).isEqualTo(99);
  }

  @Test
  void highlightMarksNeverComeFromTheText() {
    assertThat(FoldedText.of("a\uE000b\uE001c").text()).isEqualTo("a b c");
  }

  @Test
  void halfASurrogatePairIsReplaced() {
    assertThat(FoldedText.wellFormed("a\uD83Db")).isEqualTo("a\uFFFDb");
    assertThat(FoldedText.wellFormed("a\uDE00")).isEqualTo("a\uFFFD");
    assertThat(FoldedText.wellFormed("a😀b")).isEqualTo("a😀b");
  }
}
