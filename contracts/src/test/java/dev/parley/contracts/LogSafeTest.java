package dev.parley.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.contracts.event.CrmRecord;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is printed by accident holds no bodies and no numbers. */
class LogSafeTest {
  private static final List<String> SECRETS =
      List.of(
          "+1555",
          "Price",
          "still on",
          "Carla",
          "offer.png",
          "switched off",
          "Launch",
          "Renewal",
          "ME1");

  static List<String> types() {
    return Wires.types();
  }

  @ParameterizedTest
  @MethodSource("types")
  void neitherEnvelopeNorDataPrintsBodiesOrNumbers(String type) {
    Envelope envelope = Json.read(Wires.example(type), Envelope.class);

    assertThat(envelope.toString()).contains(envelope.id().toString()).contains(type);
    assertThat(envelope + " " + envelope.actor() + envelope.rights()).doesNotContain(SECRETS);
    assertThat(envelope.data(Wires.dataOf(type)).toString()).doesNotContain(SECRETS);
  }

  @Test
  void recordOfTheCrmPrintsItsKeyAlone() {
    CrmRecord record = Json.read(Wires.example("crm.record"), CrmRecord.class);

    assertThat(record.toString()).isEqualTo("CrmRecord[op=UPSERT, key=acme/deal/d-7, version=12]");
  }
}
