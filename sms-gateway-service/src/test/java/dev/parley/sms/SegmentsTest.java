package dev.parley.sms;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SegmentsTest {
  @Test
  void oneHundredAndSixtySeptetsAreOneSegment() {
    assertThat(Segments.of("a".repeat(160))).isEqualTo(new Segments("GSM-7", 1, 160));
    assertThat(Segments.of("a".repeat(161))).isEqualTo(new Segments("GSM-7", 2, 161));
    assertThat(Segments.of("a".repeat(306))).isEqualTo(new Segments("GSM-7", 2, 306));
    assertThat(Segments.of("a".repeat(307))).isEqualTo(new Segments("GSM-7", 3, 307));
    assertThat(Segments.of("a".repeat(1600))).isEqualTo(new Segments("GSM-7", 11, 1600));
    assertThat(Segments.of("")).isEqualTo(new Segments("GSM-7", 0, 0));
  }

  @Test
  void theExtensionTableTakesTwoSeptetsEach() {
    assertThat(Segments.of("^{}\\[~]|€\f")).isEqualTo(new Segments("GSM-7", 1, 10));
    assertThat(Segments.of("€".repeat(80))).isEqualTo(new Segments("GSM-7", 1, 80));
    assertThat(Segments.of("€".repeat(81))).isEqualTo(new Segments("GSM-7", 2, 81));
  }

  @Test
  void anEscapedCharacterIsNotCutInHalf() {
    // 152 septets, then one of two: it would lie across the end of the first segment.
    assertThat(Segments.of("a".repeat(152) + "€" + "a".repeat(152)))
        .isEqualTo(new Segments("GSM-7", 3, 305));
    assertThat(Segments.of("a".repeat(151) + "€" + "a".repeat(153)))
        .isEqualTo(new Segments("GSM-7", 2, 305));
  }

  @Test
  void everyCharacterOfTheAlphabetIsOneSeptet() {
    String alphabet =
        "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡"
            + "ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";
    assertThat(alphabet).hasSize(127);
    assertThat(Segments.of(alphabet)).isEqualTo(new Segments("GSM-7", 1, 127));
  }

  @Test
  void oneForeignCharacterMakesAllUcs2() {
    assertThat(Segments.of("ç")).isEqualTo(new Segments("UCS-2", 1, 1));
    assertThat(Segments.of("ж".repeat(70))).isEqualTo(new Segments("UCS-2", 1, 70));
    assertThat(Segments.of("ж".repeat(71))).isEqualTo(new Segments("UCS-2", 2, 71));
    assertThat(Segments.of("a".repeat(134) + "ж")).isEqualTo(new Segments("UCS-2", 3, 135));
  }

  @Test
  void aSurrogatePairIsOneCharacterAndNotCutInHalf() {
    assertThat(Segments.of("😀".repeat(35))).isEqualTo(new Segments("UCS-2", 1, 35));
    // 33 pairs in each segment of 67 units.
    assertThat(Segments.of("😀".repeat(66))).isEqualTo(new Segments("UCS-2", 2, 66));
    assertThat(Segments.of("😀".repeat(67))).isEqualTo(new Segments("UCS-2", 3, 67));
  }
}
