package dev.parley.contracts.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.contracts.Json;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the CRM tells is taken over, but for pictures that no front end should load. */
class CrmRecordTest {
  @ParameterizedTest
  @ValueSource(
      strings = {"https://crm.example/a.png", "http://crm.example/a?b=c", "HTTPS://crm.example"})
  void aPictureOfTheWebIsHandedOnAsTheCrmGaveIt(String url) {
    assertThat(picture(url)).isEqualTo(url);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "javascript:alert(1)",
        "data:image/svg+xml,<svg/>",
        "file:///etc/passwd",
        "//crm.example/a.png",
        "/a.png",
        "https:",
        "https://",
        "https:///a.png",
        " https://crm.example/a.png",
        "https://crm.example/a b",
        "https://crm.example/\njavascript:x",
        ""
      })
  void anyOtherPictureIsNone(String url) {
    assertThat(picture(url)).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"https://crm.example/deals/d1", "HTTP://crm.example", "/deals/d1?tab=2", "/"})
  void aRecordLeadsToTheWebOrToAPathOfTheCrm(String url) {
    assertThat(told("url", url).url()).isEqualTo(url);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "javascript:alert(1)",
        "JavaScript:alert(1)",
        " javascript:alert(1)",
        "data:text/html,x",
        "//evil.example/d1",
        "/\\evil.example/d1",
        "deals/d1",
        "https://crm.example/\njavascript:x",
        ""
      })
  void aRecordLeadsNowhereElse(String url) {
    assertThat(told("url", url).url()).isNull();
  }

  private static String picture(String url) {
    return told("avatarUrl", url).avatarUrl();
  }

  private static CrmRecord told(String field, String value) {
    String told =
        Json.text(
            Map.of(
                "op", "upsert", "tenant", "t", "type", "user", "id", "u", "version", 1, field,
                value));
    CrmRecord record = Json.read(told, CrmRecord.class);
    assertThat(Json.read(Json.text(record), CrmRecord.class)).isEqualTo(record);
    return record;
  }
}
