package dev.parley.presence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.contracts.Actor;
import dev.parley.contracts.Envelope;
import dev.parley.contracts.Ids;
import dev.parley.contracts.Json;
import dev.parley.contracts.Right;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LogReaderTest {
  private static final String ID = "0195510d-000d-7000-8000-00000000000d";
  private static final String CONVERSATION = "0195510d-00c0-7000-8000-0000000000c0";

  @Test
  void theFrameIsBuiltAroundTheBytesOfData() {
    String data = "{ \"body\" : \"a } \\\" ü\",\"seq\":42 }";
    LogRecord record =
        read(
            "{\"id\":\""
                + ID
                + "\",\"type\":\"message.created\",\"version\":1,"
                + "\"tenant\":\"acme\",\"conversationId\":\""
                + CONVERSATION
                + "\",\"seq\":42,"
                + "\"rev\":58,\"actor\":{\"id\":\"ana\",\"kind\":\"user\",\"name\":\"Ána\"},"
                + "\"at\":\"2026-03-01T09:30:00.007Z\",\"data\":"
                + data
                + "}");
    assertThat(text(record))
        .isEqualTo(
            "{\"type\":\"message.created\",\"id\":\""
                + ID
                + "\",\"conversationId\":\""
                + CONVERSATION
                + "\",\"seq\":42,"
                + "\"actor\":{\"id\":\"ana\",\"kind\":\"user\",\"name\":\"Ána\"},"
                + "\"at\":\"2026-03-01T09:30:00.007Z\",\"data\":"
                + data
                + "}");
    assertThat(record.tenant()).isEqualTo("acme");
    assertThat(record.seq()).isEqualTo(42);
    assertThat(record.rev()).isEqualTo(58);
    assertThat(record.actorId()).isEqualTo("ana");
    assertThat(record.rights()).isEmpty();
    assertThat(record.acceptedAt())
        .isEqualTo(Instant.parse("2026-03-01T09:30:00.007Z").toEpochMilli());
  }

  @Test
  void everyExampleOfTheContractBecomesItsFrame() {
    for (String type : List.of("message.created", "member.added", "delivery.updated")) {
      JsonNode envelope = example(type);
      LogRecord record = read(envelope.toString());
      JsonNode frame = Json.read(record.frame(), JsonNode.class);
      for (String field : List.of("type", "id", "conversationId", "seq", "at", "data")) {
        assertThat(frame.get(field)).as(type + " " + field).isEqualTo(envelope.get(field));
      }
      assertThat(frame.has("rev") || frame.has("rights") || frame.has("tenant")).isFalse();
    }
  }

  @Test
  void whoActedAsSomebodyElseIsNotForSockets() {
    Envelope event =
        Envelope.of(
            "conversation.updated",
            "acme",
            Ids.next(),
            new Actor("ana", "user", "Ana", "root"),
            Instant.now(),
            Map.of("id", "x"));
    assertThat(text(read(Json.text(event))))
        .contains("\"actor\":{\"id\":\"ana\",\"kind\":\"user\",\"name\":\"Ana\"}")
        .doesNotContain("root");
  }

  @Test
  void rightsAreRead() {
    Right right = new Right("m1", "user", "ben", "member", "manual", true, 41, 42);
    Envelope event =
        Envelope.of(
                "member.added", "acme", Ids.next(), Actor.SYSTEM, Instant.now(), Map.of("id", "x"))
            .withRights(List.of(right));
    LogRecord record = read(Json.text(event));
    assertThat(record.rights()).containsExactly(right);
    assertThat(record.isAbout("user", "ben")).isTrue();
    assertThat(record.isAbout("client", "ben")).isFalse();
    assertThat(record.isAbout("user", "ana")).isFalse();
  }

  @Test
  void whatWasMadeWithAContactIsForClientsAloneUntilSomebodySaysSomething() {
    assertThat(isForClientsAlone("conversation.created", "client", "system", 0, "{}")).isTrue();
    assertThat(isForClientsAlone("conversation.created", "client", "user", 0, "{}")).isFalse();
    assertThat(isForClientsAlone("conversation.created", "company", "system", 0, "{}")).isFalse();
    assertThat(isForClientsAlone("conversation.updated", "client", "system", 0, "{}")).isFalse();
    String welcome =
        "{\"a\":[{\"b\":1}],\"system\":{\"event\":\"welcome\",\"params\":{}},\"seq\":1}";
    String closed = welcome.replace("welcome", "conversation_closed");
    assertThat(isForClientsAlone("message.created", "client", "system", 1, welcome)).isTrue();
    assertThat(isForClientsAlone("message.created", "client", "system", 1, closed)).isFalse();
    assertThat(isForClientsAlone("message.created", "client", "user", 1, "{}")).isFalse();
    assertThat(isForClientsAlone("message.created", "client", "system", 2, closed)).isFalse();
  }

  private static boolean isForClientsAlone(
      String type, String conversationType, String by, long seq, String data) {
    String envelope =
        ("{'id':'%s','type':'%s','tenant':'acme','conversationId':'%s'%s,'conversationType':'%s',"
                + "'actor':{'id':'x','kind':'%s'},'at':'2026-03-01T09:30:00.007Z','data':")
            .formatted(
                ID, type, CONVERSATION, seq == 0 ? "" : ",'seq':" + seq, conversationType, by)
            .replace('\'', '"');
    LogRecord record = read(envelope + data + "}");
    assertThat(text(record)).endsWith(",\"data\":" + data + "}");
    return record.forClientsAlone();
  }

  @Test
  void whatIsNoEnvelopeIsRefused() {
    for (String text : List.of("", "{}", "[]", "{\"type\":\"a\"", "x", "{\"id\":\"no id\"}")) {
      assertThatThrownBy(() -> read(text)).isInstanceOf(UncheckedIOException.class);
    }
  }

  private static LogRecord read(String json) {
    return LogReader.read(3, 17, 1, json.getBytes(StandardCharsets.UTF_8));
  }

  private static String text(LogRecord record) {
    return new String(record.frame(), StandardCharsets.UTF_8);
  }

  private static JsonNode example(String type) {
    String file = "/schemas/examples/" + type + ".v1.json";
    try (InputStream in = Json.class.getResourceAsStream(file)) {
      return Json.read(in.readAllBytes(), JsonNode.class);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
