package dev.parley.message;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.contracts.event.LinkPreview;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LinksTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "see https://a.example/x.|https://a.example/x",
        "(https://a.example/x)|https://a.example/x",
        "[here](https://a.example/x?q=1#top), please|https://a.example/x?q=1#top",
        "<https://a.example>|https://a.example",
        "**https://a.example/b**|https://a.example/b",
        "https://a.example/wiki/Foo_(bar)|https://a.example/wiki/Foo_(bar)",
        "HTTP://A.example|HTTP://A.example",
        "https://müller.example/ä|https://müller.example/ä",
        "http://[2001:db8::1]/x|http://[2001:db8::1]/x",
        "is it https://a.example/?!|https://a.example/",
      })
  void aLinkEndsWhereTheSentenceGoesOn(String body, String link) {
    assertThat(Links.in(body)).containsExactly(link);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "`https://a.example`",
        "```https://a.example",
        "mailto:ana@a.example",
        "ftp://a.example/x",
        "xhttps://a.example",
        "file:///etc/passwd",
        "https://",
      })
  void whatIsNoLinkOrIsShownAsCodeIsLeftAlone(String body) {
    assertThat(Links.in(body)).isEmpty();
  }

  @Test
  void theFirstThreeAreLookedAtEachOnce() {
    assertThat(Links.in("http://a.b http://c.d http://a.b http://e.f http://g.h"))
        .containsExactly("http://a.b", "http://c.d", "http://e.f");
    assertThat(Links.in("http://a.b/" + "x".repeat(3_000))).isEmpty();
  }

  @Test
  void ofAChangedBodyThosePreviewsAreKeptWhoseLinksItStillHas() {
    LinkPreview first = new LinkPreview("http://a.b", "A", null, null);
    LinkPreview second = new LinkPreview("http://c.d", "C", null, null);
    assertThat(Links.kept(List.of(first, second), "now http://c.d alone")).containsExactly(second);
    assertThat(Links.kept(List.of(first), "nothing")).isNull();
    assertThat(Links.kept(null, "http://a.b")).isNull();
  }
}
