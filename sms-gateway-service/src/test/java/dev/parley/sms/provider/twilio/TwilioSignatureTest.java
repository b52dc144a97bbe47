package dev.parley.sms.provider.twilio;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TwilioSignatureTest {
  private static final String PATH = "/myapp.php?foo=1&bar=2";
  private static final String FIRST = "0/KCTR6DLpKmkAf8muzZqo1nDgQ=";
  private static final String SECOND = "RSOYDt4T1cUTdK1PDd93/VVr8B8=";

  private final TwilioSignature signature = new TwilioSignature("12345", "https://mycompany.com/");

  @Test
  void theVendorsVectorsFit() {
    assertThat(signature.fits(PATH, call("+12349013030"), FIRST)).isTrue();
    assertThat(signature.fits(PATH, call("+14158675309"), SECOND)).isTrue();
  }

  @Test
  void anythingChangedDoesNot() {
    Map<String, String> form = call("+14158675309");
    assertThat(signature.fits(PATH, form, FIRST)).isFalse();
    assertThat(signature.fits(PATH, form, null)).isFalse();
    assertThat(signature.fits(PATH, form, "")).isFalse();
    assertThat(signature.fits("/myapp.php?foo=1&bar=3", form, SECOND)).isFalse();
    assertThat(signature.fits("/myapp.php", form, SECOND)).isFalse();
    form.put("Added", "1");
    assertThat(signature.fits(PATH, form, SECOND)).isFalse();
  }

  @Test
  void anotherTokenOrAnotherHostDoesNot() {
    Map<String, String> form = call("+14158675309");
    assertThat(new TwilioSignature("12346", "https://mycompany.com").fits(PATH, form, SECOND))
        .isFalse();
    assertThat(new TwilioSignature("12345", "http://mycompany.com").fits(PATH, form, SECOND))
        .isFalse();
  }

  private static Map<String, String> call(String from) {
    Map<String, String> form = new HashMap<>();
    form.put("CallSid", "CA1234567890ABCDE");
    form.put("Digits", "1234");
    form.put("To", "+18005551212");
    form.put("From", from);
    form.put("Caller", from);
    return form;
  }
}
