package dev.parley.system.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The generator must not miss or invent a delivery: all of its figures stand on it. */
class FramesTest {
  private final Frames frames = new Frames("b1-2", 230);

  @Test
  void findsTheMessagesOfThisRunAloneAndInArrays() {
    assertThat(numbers("{\"type\":\"message.created\",\"data\":" + data(frames.body(7)) + "}"))
        .containsExactly(7);
    assertThat(numbers("[" + data(frames.body(0)) + "," + data(frames.body(123)) + "]"))
        .containsExactly(0, 123);
  }

  @Test
  void overlooksOtherRunsAndOtherFrames() {
    assertThat(numbers(data(new Frames("b1-1", 230).body(7)))).isEmpty();
    assertThat(numbers(data(new Frames("b1-22", 230).body(7)))).isEmpty();
    assertThat(numbers("{\"type\":\"cursor\",\"cursor\":\"x\"}")).isEmpty();
    assertThat(numbers("{\"body\":\"T:")).isEmpty();
  }

  @Test
  void bodiesHaveTheSizeAskedFor() {
    assertThat(frames.body(12_345)).hasSize(230);
  }

  private static String data(String body) {
    return "{\"id\":\"m\",\"body\":\"" + body + "\"}";
  }

  private List<Integer> numbers(String text) {
    List<Integer> found = new ArrayList<>();
    frames.scan(text.getBytes(StandardCharsets.US_ASCII), found::add);
    return found;
  }
}
