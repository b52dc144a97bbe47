package dev.parley.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.contracts.event.ConversationType;
import dev.parley.contracts.event.CrmRecord;
import dev.parley.contracts.event.History;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
  record Thing(
      String name,
      Integer count,
      long size,
      Boolean on,
      Instant at,
      ConversationType type,
      Optional<String> note,
      List<String> tags) {}

  @Test
  void textThatCannotBeStoredIsRefusedAndAllOtherIsKept() {
    for (String bad : List.of("a\\u0000b", "\\ud83d", "a\\ud83db", "\\udc4b")) {
      String json = "{\"size\":1,\"name\":\"" + bad + "\"}";
      assertThatThrownBy(() -> Json.read(json, Thing.class))
          .isInstanceOf(UncheckedIOException.class);
      String nested = "{\"size\":1,\"tags\":[\"ok\",\"" + bad + "\"]}";
      assertThatThrownBy(() -> Json.read(nested, Thing.class))
          .isInstanceOf(UncheckedIOException.class);
    }
    String kept = "\uD83D\uDC4B e\u0301 \u2028 \u200F";
    assertThat(
            Json.read(Json.text(new Thing(kept, 1, 1, null, null, null, null, null)), Thing.class))
        .extracting(Thing::name)
        .isEqualTo(kept);
  }

  record Ids(UUID id, LocalDate day) {}

  @Test
  void anEmptyTextIsNoIdAndNoDate() {
    String id = "01900000-0000-7000-8000-000000000000";
    assertThat(Json.read("{\"id\":\"" + id + "\",\"day\":\"2026-03-01\"}", Ids.class))
        .isEqualTo(new Ids(UUID.fromString(id), LocalDate.of(2026, 3, 1)));
    for (String bad : List.of("{\"id\":\"\"}", "{\"id\":\" \"}", "{\"day\":\"\"}")) {
      assertThatThrownBy(() -> Json.read(bad, Ids.class)).isInstanceOf(UncheckedIOException.class);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "2026-03-01T09:30:00Z, 2026-03-01T09:30:00.000Z",
    "2026-03-01T09:30:00.120Z, 2026-03-01T09:30:00.120Z",
    "2026-03-01T09:30:00.123999Z, 2026-03-01T09:30:00.123Z"
  })
  void timesHaveExactlyThreeDecimals(String at, String written) {
    assertThat(Json.time(Instant.parse(at))).isEqualTo(written);
    assertThat(Json.text(Instant.parse(at))).isEqualTo('"' + written + '"');
  }

  @Test
  void timesOfAnyOffsetAreTaken() {
    assertThat(Json.read("\"2026-03-01T10:30:00.5+01:00\"", Instant.class))
        .isEqualTo(Instant.parse("2026-03-01T09:30:00.500Z"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "+10000-01-01T00:00:00Z",
        "9999-12-31T23:00:00-01:00",
        "-0001-12-31T23:59:59Z",
        "+999999999-01-01T00:00:00Z"
      })
  void yearsHaveFourDigits(String at) {
    assertThatThrownBy(() -> Json.read('"' + at + '"', Instant.class))
        .isInstanceOf(UncheckedIOException.class);
    assertThat(Json.read("\"9999-12-31T23:59:59Z\"", Instant.class).getEpochSecond())
        .isEqualTo(253402300799L);
  }

  @Test
  void absentBeatsNull() {
    Thing thing = new Thing("a", null, 1, null, null, null, Optional.empty(), List.of());

    assertThat(Json.text(thing)).isEqualTo("{\"name\":\"a\",\"size\":1,\"tags\":[]}");
  }

  @Test
  void unknownFieldsAreIgnored() {
    Thing thing = Json.read("{\"name\":\"a\",\"size\":1,\"later\":{\"x\":[1]}}", Thing.class);

    assertThat(thing.name()).isEqualTo("a");
    assertThat(thing.size()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"size\":1,\"name\":7}",
        "{\"size\":1,\"name\":7.5}",
        "{\"size\":1,\"name\":true}",
        "{\"size\":1,\"count\":\"7\"}",
        "{\"size\":1,\"count\":7.5}",
        "{\"size\":1,\"count\":true}",
        "{\"size\":\"1\"}",
        "{\"size\":null}",
        "{}",
        "{\"size\":1,\"on\":\"true\"}",
        "{\"size\":1,\"on\":1}",
        "{\"size\":1,\"at\":1772357400}",
        "{\"size\":1,\"at\":\"yesterday\"}",
        "{\"size\":1,\"at\":\"2026-03-01T09:30:00\"}",
        "{\"size\":1,\"type\":0}",
        "{\"size\":1,\"type\":\"DIRECT\"}",
        "{\"size\":1,\"type\":\"party\"}",
        "{\"size\":1,\"type\":\"\"}",
        "{\"size\":1,\"tags\":\"one\"}"
      })
  void wrongTypesAreRefused(String json) {
    assertThatThrownBy(() -> Json.read(json, Thing.class)).isInstanceOf(UncheckedIOException.class);
  }

  @Test
  void closedSetsAreLowerCase() {
    assertThat(Json.text(ConversationType.DEAL_ROOM)).isEqualTo("\"deal_room\"");
    assertThat(Json.read("\"from_now\"", History.class)).isEqualTo(History.FROM_NOW);
    assertThat(ConversationType.of("internal_chat")).isEqualTo(ConversationType.INTERNAL_CHAT);
    assertThatThrownBy(() -> ConversationType.of("Direct"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no such ConversationType");
  }

  @Test
  void recordsOfTheCrmMayHaveFieldsThatAreNotKnownYet() {
    CrmRecord record =
        Json.read(
            "{\"op\":\"delete\",\"tenant\":\"t\",\"type\":\"deal\",\"id\":\"1\","
                + "\"version\":9007199254740991,\"mood\":{\"score\":3}}",
            CrmRecord.class);

    assertThat(record.deleted()).isTrue();
    assertThat(record.version()).isEqualTo(9007199254740991L);
  }

  @Test
  void bytesAreUtf8() {
    assertThat(Json.read(Json.bytes(List.of("Grüße 👍")), JsonNode.class).get(0).asText())
        .isEqualTo("Grüße 👍");
  }
}
