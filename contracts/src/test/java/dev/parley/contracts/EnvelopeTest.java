package dev.parley.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.contracts.event.AuthorKind;
import dev.parley.contracts.event.Message;
import dev.parley.contracts.event.MessageBuilder;
import dev.parley.contracts.event.MessageKind;
import dev.parley.contracts.event.Visibility;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class EnvelopeTest {
  private static final Instant AT = Instant.parse("2026-03-01T09:30:00Z");
  private static final UUID CONVERSATION = UUID.fromString("0195510d-00c0-7000-8000-0000000000c0");
  private static final Actor ANA = new Actor("u-ana", "user", "Ana Silva", null);

  @Test
  void dataIsWrittenLast() {
    Envelope full = Json.read(Wires.example(EventType.MEMBER_ADDED), Envelope.class);
    String data = Json.text(full.data());

    assertThat(Json.text(full)).endsWith(",\"data\":" + data + "}");
  }

  @Test
  void newEventIsVersionOneWithoutAPlaceAndFitsTheEnvelope() {
    Envelope event =
        Envelope.of(EventType.MESSAGE_CREATED, "acme", CONVERSATION, ANA, AT, message(null, null));

    assertThat(Json.text(event))
        .startsWith(
            "{\"id\":\""
                + event.id()
                + "\",\"type\":\"message.created\",\"version\":1,\"tenant\":\"acme\","
                + "\"conversationId\":\"0195510d-00c0-7000-8000-0000000000c0\","
                + "\"actor\":{\"id\":\"u-ana\",\"kind\":\"user\",\"name\":\"Ana Silva\"},"
                + "\"at\":\"2026-03-01T09:30:00.000Z\",\"data\":{");
    assertThat(Schemas.errors("envelope.v1.json", Json.text(event))).isEmpty();
  }

  @Test
  void messageWithoutAPlaceTakesItAppended() {
    String open = Json.text(message(null, null));
    String placed = open.substring(0, open.length() - 1) + ",\"seq\":42,\"rev\":58}";

    assertThat(Json.text(message(42L, 58L))).isEqualTo(placed);
    assertThat(Json.read(placed, Message.class)).isEqualTo(message(42L, 58L));
  }

  @Test
  void rightsAreAddedToACopy() {
    Envelope event = Envelope.of("member.added", "acme", CONVERSATION, ANA, AT, List.of());
    Right right = new Right("m-1", "user", "u-dee", "member", "manual", true, 41, 42);

    assertThat(event.withRights(List.of(right)).rights()).containsExactly(right);
    assertThat(event.withRights(List.of(right)).id()).isEqualTo(event.id());
    assertThat(event.rights()).isNull();
  }

  private static Message message(Long seq, Long rev) {
    return MessageBuilder.builder()
        .id(CONVERSATION)
        .conversationId(CONVERSATION)
        .clientMsgId("web-1")
        .kind(MessageKind.USER)
        .authorId("u-ana")
        .authorKind(AuthorKind.USER)
        .authorName("Ana Silva")
        .body("Hello")
        .visibility(Visibility.ALL)
        .at(AT)
        .version(1)
        .seq(seq)
        .rev(rev)
        .build();
  }
}
