package dev.parley.message.send.broadcast;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VariablesTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Hello {{customer.firstName}}!|Hello Carla!",
        "{{ customer.name }} at {{company.name}}|Carla Diaz at Acme",
        "{{agent.firstName}} {{agent.name}}|Ana Ana Silva",
        "{{customer.phone}} {{number}} {customer.name}|{{customer.phone}} {{number}}"
            + " {customer.name}",
        "{{agent.name}|{{agent.name}",
      })
  void knownOnesAreFilledInAndAllElseIsAsWritten(String body, String expected) {
    assertThat(Variables.fill(body, "Carla Diaz", "Acme", "Ana Silva")).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"{{company.name}}.|.", "{{customer.name}}|{{agent.name}} $0 \\"})
  void whatIsNotKnownIsEmptyAndNamesAreNotLookedInto(String body, String expected) {
    assertThat(Variables.fill(body, "{{agent.name}} $0 \\", null, "Ana")).isEqualTo(expected);
  }
}
