package dev.parley.local.stack;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WatchTest {
  @Test
  void loneFrameIsOneLine() {
    assertThat(Watch.frames("{\"type\":\"hello\",\"list\":[1,2]}"))
        .containsExactly("{\"type\":\"hello\",\"list\":[1,2]}");
  }

  @Test
  void arrayIsALineForEachFrameWhateverStandsInItsTexts() {
    assertThat(
            Watch.frames(
                "[{\"a\":{\"b\":[1,{\"c\":2}]}}, {\"body\":\"],[ \\\"}{\\\\\"},{\"type\":\"x\"}]"))
        .containsExactly(
            "{\"a\":{\"b\":[1,{\"c\":2}]}}", "{\"body\":\"],[ \\\"}{\\\\\"}", "{\"type\":\"x\"}");
    assertThat(Watch.frames("[]")).isEmpty();
  }
}
