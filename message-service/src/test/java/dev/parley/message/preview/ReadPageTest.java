package dev.parley.message.preview;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.contracts.event.LinkPreview;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReadPageTest {
  private static final String LINK = "https://a.example/?secret=1";

  @Test
  void openGraphComesBeforeCardsAndTheTitle() {
    String page =
        """
        <!DOCTYPE html><html><head><title>Title</title>
        <script>if (a<b) document.write("<body><meta property='og:title' content='no'>")</script>
        <meta name="twitter:title" content="Card">
        <meta content="Launch &amp; offer: 3 > 2" property="og:title"/>
        <meta name="description" content="plain">
        <META PROPERTY="OG:description" CONTENT="Twelve   months
          for ten.">
        </head><body><meta property="og:title" content="late"></body></html>
        """;
    assertThat(read("text/html", page))
        .isEqualTo(new LinkPreview(LINK, "Launch & offer: 3 > 2", "Twelve months for ten.", null));
    assertThat(read("text/html", page.replace("og:", "x:").replace("OG:", "x:")))
        .isEqualTo(new LinkPreview(LINK, "Card", "plain", null));
  }

  @Test
  void aTitleIsEnoughAndWithoutOneThereIsNothing() {
    assertThat(read("text/html", "<title> Only &lt;this&gt; </title>"))
        .isEqualTo(new LinkPreview(LINK, "Only <this>", null, null));
    assertThat(read("text/html", "<p>Hello</p>")).isNull();
    assertThat(read("text/html", "<title> \u202e\u0007 </title>")).isNull();
    assertThat(read("text/html", "")).isNull();
  }

  @Test
  void textIsCutAndMisleadsNobody() {
    String shown =
        read("text/html", "<title>a\u202eb\u2066d \ud83d\udc69\u200d\ud83d\ude80</title>").title();
    assertThat(shown).doesNotContain("\u202e", "\u2066").startsWith("ab");
    assertThat(shown).endsWith("d \ud83d\udc69\u200d\ud83d\ude80");
    LinkPreview cut =
        read(
            "text/html",
            "<title>"
                + "\ud83d\ude80".repeat(300)
                + "</title><meta name=description content='"
                + "word ".repeat(400)
                + "'>");
    assertThat(cut.title()).isEqualTo("\ud83d\ude80".repeat(199) + "…");
    assertThat(cut.description()).isEqualTo("word ".repeat(99) + "wor…");
    assertThat(ReadPage.plain("a\u0000b\ud800c\u00a0d", 200)).isEqualTo("abc d");
    assertThat(ReadPage.plain("x".repeat(200), 200)).isEqualTo("x".repeat(200));
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-8", "ISO-8859-1", "windows-1252", "UTF-16", "Shift_JIS"})
  void eachCharsetIsReadAsItsServerSays(String charset) {
    String title = charset.equals("Shift_JIS") ? "日本" : "Müller";
    byte[] bytes = ("<title>" + title + "</title>").getBytes(Charset.forName(charset));
    assertThat(read("text/html; charset=\"" + charset + "\"", bytes).title()).isEqualTo(title);
  }

  @Test
  void aPageMayNameItsOwnCharsetAndAnUnknownOneIsNone() {
    byte[] latin =
        "<meta charset=iso-8859-1><title>Müller</title>".getBytes(StandardCharsets.ISO_8859_1);
    assertThat(read("text/html", latin).title()).isEqualTo("Müller");
    byte[] utf = "<title>Müller</title>".getBytes(StandardCharsets.UTF_8);
    assertThat(read("text/html; charset=klingon", utf).title()).isEqualTo("Müller");
    assertThat(read("text/html; charset=..", utf).title()).isEqualTo("Müller");
  }

  @ParameterizedTest
  @ValueSource(strings = {"<b>", "<meta x=", "<!-- ", "<script>", "<a href=x>", "<html a='", "</"})
  void aPageOfNothingButTagsIsNeverParsedWhole(String tag) {
    String page = "<title>Bomb</title>" + tag.repeat(1_000_000 / tag.length());
    assertThat(Head.of(page.getBytes(StandardCharsets.UTF_8)).length)
        .isLessThanOrEqualTo(64 * 1024);
    assertThat(read("text/html", page).title()).isEqualTo("Bomb");
  }

  private static LinkPreview read(String type, String page) {
    return read(type, page.getBytes(StandardCharsets.UTF_8));
  }

  private static LinkPreview read(String type, byte[] page) {
    return ReadPage.read(LINK, new Page(null, type, page)).orElse(null);
  }
}
