package dev.parley.local.carrier;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TwilioSignatureTest {
  private static final String URL = "https://mycompany.com/myapp.php?foo=1&bar=2";

  @Test
  void matchesTheVectorsOfTwiliosLibraries() {
    assertThat(TwilioSignature.of("12345", URL, call("+12349013030")))
        .isEqualTo("0/KCTR6DLpKmkAf8muzZqo1nDgQ=");
    assertThat(TwilioSignature.of("12345", URL, call("+14158675309")))
        .isEqualTo("RSOYDt4T1cUTdK1PDd93/VVr8B8=");
  }

  @Test
  void dependsOnTokenUrlAndEachField() {
    String right = TwilioSignature.of("12345", URL, call("+12349013030"));
    assertThat(TwilioSignature.of("12346", URL, call("+12349013030"))).isNotEqualTo(right);
    assertThat(TwilioSignature.of("12345", URL + "#", call("+12349013030"))).isNotEqualTo(right);
    assertThat(TwilioSignature.of("12345", URL, Map.of())).isNotEqualTo(right);
  }

  private static Map<String, List<String>> call(String from) {
    return Map.of(
        "CallSid", List.of("CA1234567890ABCDE"),
        "Digits", List.of("1234"),
        "To", List.of("+18005551212"),
        "From", List.of(from),
        "Caller", List.of(from));
  }
}
