package dev.parley.message.reaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.chassis.problem.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EmojiTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "👍",
        "👍🏽",
        "❤️",
        "👩🏽‍💻",
        "🫱🏻‍🫲🏿",
        "👨‍👩‍👧‍👦",
        "🏳️‍🌈",
        "🇪🇺",
        "🏴󠁧󠁢󠁳󠁣󠁴󠁿",
        "1️⃣",
        "#️⃣",
        "☎️",
        "🫩"
      })
  void sequencesOfEveryKindAreOneEmoji(String emoji) {
    assertThat(Emoji.of(emoji)).isEqualTo(emoji);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", " ", "a", "1", "#", "+1", ":+1:", "👍👍", "👍 ", "🇽🇽", "🇪", "🏽", "😀‍😀", "\u200D",
        "\uFE0F", "©x", "\uD83D"
      })
  void whatIsNotOneEmojiIsRefusedByName(String text) {
    assertThatThrownBy(() -> Emoji.of(text))
        .isInstanceOf(Problem.class)
        .hasMessage("emoji is not one emoji");
  }

  @Test
  void withAndWithoutItsVariationSelectorItIsTheSame() {
    assertThat(Emoji.of("❤")).isEqualTo("❤️");
    assertThat(Emoji.of("👍\uFE0F")).isEqualTo("👍");
    assertThat(Emoji.of("🏳‍🌈")).isEqualTo("🏳️‍🌈");
  }
}
