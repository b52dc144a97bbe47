package dev.parley.chassis.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class BlankTest {
  @Test
  void whatShowsNothingIsBlank() {
    for (String text :
        List.of(
            "",
            " \t\n\r\u0085\u00a0\u2028\u3000",
            "\u200b",
            "\u200c\u200d\u200e\u2060\ufeff",
            "\u00ad\u034f\u061c\u180e",
            "\u3164\u115f\uffa0",
            "\u2800",
            "\ufe0f",
            "\u202e \u202c\u2066\u2069",
            "\udb40\udc67\udb40\udc62\udb40\udc7f",
            "\udb40\udd00")) {
      assertThat(Blank.is(text)).as(text.codePoints().boxed().toList().toString()).isTrue();
    }
    assertThat(Blank.is(null)).isTrue();
  }

  @Test
  void whatIsSeenIsNotWhateverIsBesideIt() {
    for (String text :
        List.of(
            ".",
            "\u200b.\u200b",
            "👩\u200d👩\u200d👧",
            "❤\ufe0f",
            "1\ufe0f\u20e3",
            "🏴\udb40\udc67\udb40\udc62\udb40\udc7f",
            "می\u200cخواهم",
            "क\u200dष",
            "\u0301",
            "\u06dd",
            "\ue000",
            "\ufffd",
            "\ud83e\udee8",
            "𓀀")) {
      assertThat(Blank.is(text)).as(text).isFalse();
    }
  }
}
