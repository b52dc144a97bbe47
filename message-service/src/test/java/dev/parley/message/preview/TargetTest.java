package dev.parley.message.preview;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TargetTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "https://a.example|a.example|443|/",
        "http://a.example?x=1#y|a.example|80|/?x=1",
        "HTTPS://a.example:8443/p%20q|a.example|8443|/p%20q",
        "https://müller.example/ä?ö|xn--mller-kva.example|443|/%C3%A4?%C3%B6",
        "http://[2001:db8::1]:80/|2001:db8::1|80|/",
      })
  void aLinkIsTakenApart(String link, String host, int port, String asked) {
    Target target = Target.of(link);
    assertThat(target.host()).isEqualTo(host);
    assertThat(target.port()).isEqualTo(port);
    assertThat(target.pathAndQuery()).isEqualTo(asked);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ftp://a.example/",
        "file:///etc/passwd",
        "gopher://a.example/",
        "jar:http://a.example!/",
        "http:///x",
        "http://ana:secret@a.example/",
        "http://ana@a.example/",
        "http://0x7f.1/",
        "http://127.1/",
        "http://a example/",
        "//a.example/",
        "",
      })
  void whatIsNoAddressOfTheWebIsRefused(String link) {
    assertThatThrownBy(() -> Target.of(link)).isInstanceOf(Refused.class);
  }

  @Test
  void aRedirectIsReadFromWhereItStandsAndNeverLeavesTls() {
    Target secure = Target.of("https://a.example/x/y?z");
    assertThat(secure.redirected("../w").uri()).hasToString("https://a.example/w");
    assertThat(secure.redirected("//b.example/").host()).isEqualTo("b.example");
    assertThatThrownBy(() -> secure.redirected("http://a.example/")).isInstanceOf(Refused.class);
    assertThatThrownBy(() -> secure.redirected("file:///etc/passwd")).isInstanceOf(Refused.class);
    assertThat(Target.of("http://a.example/").redirected("https://a.example/").port())
        .isEqualTo(443);
  }
}
