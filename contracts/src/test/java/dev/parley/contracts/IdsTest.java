package dev.parley.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class IdsTest {
  @Test
  void newIdCarriesItsTime() {
    UUID id = Ids.next();

    assertThat(id.version()).isEqualTo(7);
    assertThat(id.variant()).isEqualTo(2);
    assertThat(Duration.between(Ids.timeOf(id), Instant.now()).abs())
        .isLessThan(Duration.ofSeconds(5));
  }

  @Test
  void timeIsThatOfTheStandardsExample() {
    assertThat(Ids.timeOf(UUID.fromString("017f22e2-79b0-7cc3-98c4-dc0c0c07398f")))
        .isEqualTo(Instant.parse("2022-02-22T19:22:22.000Z"));
  }

  @Test
  void otherIdsHaveNoTime() {
    assertThat(Ids.timeOf(UUID.fromString("6e48e134-4d55-56a1-bbaf-684d0fa34992")))
        .isEqualTo(Instant.EPOCH);
    assertThat(Ids.timeOf(new UUID(0, 0))).isEqualTo(Instant.EPOCH);
  }

  @Test
  void tenThousandNewIdsAreAllDifferent() {
    Set<UUID> ids = new HashSet<>();
    for (int i = 0; i < 10_000; i++) {
      ids.add(Ids.next());
    }

    assertThat(ids).hasSize(10_000);
  }

  @Test
  void sameTimeAndNameGiveTheSameIdForEver() {
    Instant at = Instant.parse("2022-02-22T19:22:22.000999Z");
    UUID id = Ids.named(at, "twilio", "SM0123");
    assertThat(id).isEqualTo(UUID.fromString("017f22e2-79b0-76a1-bbaf-684d0fa34992"));
    assertThat(id.version()).isEqualTo(7);
    assertThat(id.variant()).isEqualTo(2);
    assertThat(Ids.timeOf(id)).isEqualTo(Instant.parse("2022-02-22T19:22:22.000Z"));
  }

  @Test
  void timeKindAndNameAreKeptApart() {
    Instant at = Instant.EPOCH;
    UUID id = Ids.named(at, "twilio", "SM1");
    assertThat(id).isNotEqualTo(Ids.named(at.plusMillis(1), "twilio", "SM1"));
    assertThat(id).isNotEqualTo(Ids.named(at, "bandwidth", "SM1"));
    assertThat(Ids.named(at, "a", "bc")).isNotEqualTo(Ids.named(at, "ab", "c"));
  }

  @Test
  void textOfAnIdIsReadBack() {
    UUID id = Ids.next();

    assertThat(Ids.parse(id.toString())).isEqualTo(id);
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(
      strings = {
        "",
        "1-2-3-4-5",
        "0195510d-0001-7000-8000-00000000000",
        "0195510d-0001-7000-8000-00000000000g",
        "0195510d000170008000000000000001"
      })
  void otherTextsAreNoIds(String text) {
    assertThat(Ids.parse(text)).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"u-1", "A.b_c:d@e-f", "0", "m", "Me", "mee", "here-1"})
  void theCrmMayNameThingsSo(String id) {
    assertThat(Ids.isCrmId(id)).isTrue();
    assertThat(Ids.isCrmId("x".repeat(128))).isTrue();
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(
      strings = {"", "me", "channel", "here", "all", "a b", "a/b", "ä", "a\n", "a|b", "+1555"})
  void theCrmMayNotNameThingsSo(String id) {
    assertThat(Ids.isCrmId(id)).isFalse();
    assertThat(Ids.isCrmId("x".repeat(129))).isFalse();
  }
}
