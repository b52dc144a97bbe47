package dev.parley.sms;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class E164Test {
  @ParameterizedTest
  @ValueSource(strings = {"+15551230100", "+447700900123", "+4930123456", "+85291234567"})
  void numbersOfTheirCountrysLengthAreTaken(String number) {
    assertThat(E164.of(number)).contains(number);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "15551230100",
        "+1 555 123 0100",
        "+1555123",
        "+155512301000000",
        "+0555123010",
        "+4407700900123",
        "+１５５５１２３０１００",
        "+1555123010a",
        "ACME",
        "whatsapp:+15551230100",
        "+15551230100\n",
        ""
      })
  void anythingElseIsNot(String text) {
    assertThat(E164.of(text)).isEmpty();
  }
}
