package dev.parley.message.attachment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.message.Uploads;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The type is what the bytes are, not what the file is called (product.md §4). */
class TypesTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"a.png", "a.jpg", "a.webp", "a.avif", "a.mp4", "a.mp3", "a.pdf"})
  void unknownBytesAreShownInlineUnderNoName(String name) throws IOException {
    byte[] bytes = new byte[4_000];
    new Random(7).nextBytes(bytes);
    bytes[0] = 0;
    assertThat(Types.isInline(type(name, bytes))).isFalse();
    assertThat(Types.isInline(type(name, "plain words".getBytes(StandardCharsets.UTF_8))))
        .isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"alert(1)\"/>",
        "<html><body onload=\"alert(1)\">",
        "<script>alert(1)</script>",
        "%PDF-1.7 with /JavaScript",
      })
  void whatABrowserOrItsViewerCouldRunIsNeverShownInline(String text) throws IOException {
    for (String name : new String[] {"a.png", "a.pdf", "a.mp4", "a"}) {
      assertThat(Types.isInline(type(name, text.getBytes(StandardCharsets.UTF_8))))
          .as(name)
          .isFalse();
    }
  }

  @Test
  void whatTheBytesSayIsBelieved() throws IOException {
    assertThat(type("a.txt", Uploads.png(2, 2))).isEqualTo("image/png");
    assertThat(type("a.png", Uploads.png(2, 2))).isEqualTo("image/png");
    assertThat(Types.isInline("image/png")).isTrue();
    // A picture that is a page as well is served as a picture: its type is in the signed address.
    byte[] both = "GIF89a/*<html><script>*/=1;".getBytes(StandardCharsets.US_ASCII);
    assertThat(type("a.html", both)).isEqualTo("image/gif");
  }

  @ParameterizedTest
  @CsvSource({
    "x.html, image/png, x.html.png",
    "x, image/jpeg, x.jpg",
    "x.JPEG, image/jpeg, x.JPEG",
    "x.png.svg, image/gif, x.png.svg.gif",
    "film.mp4, video/mp4, film.mp4"
  })
  void whatIsShownHasANameOfItsType(String name, String type, String shown) {
    assertThat(Types.named(name, type)).isEqualTo(shown);
  }

  private String type(String name, byte[] bytes) throws IOException {
    return Types.of(Files.write(folder.resolve("upload"), bytes), name);
  }
}
