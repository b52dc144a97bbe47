package dev.parley.message.inbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;

import dev.parley.chassis.Wire;
import dev.parley.contracts.Actor;
import dev.parley.contracts.Envelope;
import dev.parley.contracts.EventType;
import dev.parley.contracts.Ids;
import dev.parley.contracts.Json;
import dev.parley.contracts.Schemas;
import dev.parley.contracts.Topics;
import dev.parley.contracts.event.AuthorKind;
import dev.parley.contracts.event.ConversationState;
import dev.parley.contracts.event.ConversationType;
import dev.parley.contracts.event.InboundBound;
import dev.parley.contracts.event.Message;
import dev.parley.contracts.event.Posting;
import dev.parley.message.Group;
import dev.parley.message.WithBackEnds;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
class InboundEventsTest extends WithBackEnds {
  private static final String THEIRS = "+14155550123";

  @Test
  void aTextBecomesAMessageOfItsNumber() {
    Group sms = sms();
    Envelope text = text(sms, Ids.named(Instant.now(), "twilio", "SM" + sms.id()), "Hi there 👋");
    Wire.publish(Topics.CONVERSATION_INBOUND, text);
    Envelope told = sms.log(2).get(1);
    Schemas.validate(Json.bytes(told));
    Message message = told.data(Message.class);
    assertThat(message.id()).isEqualTo(text.data(InboundBound.class).messageId());
    assertThat(message.seq()).isEqualTo(1);
    assertThat(message.authorKind()).isEqualTo(AuthorKind.PHONE);
    assertThat(message.authorId()).isEqualTo(THEIRS);
    assertThat(message.from()).isEqualTo(THEIRS);
    assertThat(message.authorName()).isEqualTo("Carla");
    sms.page("ana", Map.of()).body("items[0].body", is("Hi there 👋"));
  }

  @Test
  void aTextToldFiftyTimesMakesOneMessage() {
    Group sms = sms();
    UUID id = Ids.named(Instant.now(), "twilio", "SM" + sms.id());
    for (int i = 0; i < 50; i++) {
      Wire.publish(Topics.CONVERSATION_INBOUND, text(sms, id, "Hi"));
    }
    Wire.publish(
        Topics.CONVERSATION_INBOUND,
        text(sms, Ids.named(Instant.now(), "twilio", "next" + id), "2"));
    List<Envelope> log = sms.log(3);
    assertThat(log).extracting(Envelope::seq).containsExactly(null, 1L, 2L);
    sms.page("ana", Map.of()).body("items", hasSize(2));
  }

  @Test
  void aTextThatOvertakesItsConversationWaitsForIt() {
    Group later = Group.create("t" + Ids.next(), ConversationType.GROUP, Posting.ALL, "ana");
    UUID conversation = Ids.next();
    Envelope text = text(later.tenant(), conversation, Ids.next(), "early");
    Wire.publish(Topics.CONVERSATION_INBOUND, text);
    Envelope created = later.log(1).get(0);
    Wire.publish(
        Topics.CONVERSATION,
        new Envelope(
            Ids.next(),
            EventType.CONVERSATION_CREATED,
            1,
            created.tenant(),
            conversation,
            null,
            null,
            null,
            created.actor(),
            created.at(),
            created.rights(),
            created.data()));
    List<Envelope> log =
        Wire.await(
            Topics.TIMELINE,
            2,
            java.time.Duration.ofSeconds(30),
            event -> conversation.equals(event.conversationId()));
    assertThat(log)
        .extracting(Envelope::type)
        .containsExactly(EventType.CONVERSATION_CREATED, EventType.MESSAGE_CREATED);
  }

  @Test
  void aClosedConversationTakesTextsFromOutside() {
    Group sms = sms();
    sms.placed(sms.tell(EventType.CONVERSATION_CLOSED, ConversationState.CLOSED, null));
    Wire.publish(Topics.CONVERSATION_INBOUND, text(sms, Ids.next(), "Still here"));
    assertThat(sms.log(3).get(2).seq()).isEqualTo(1);
  }

  private static Group sms() {
    return Group.create("t" + Ids.next(), ConversationType.SMS, Posting.ALL, "ana");
  }

  private static Envelope text(Group sms, UUID messageId, String body) {
    return text(sms.tenant(), sms.id(), messageId, body);
  }

  private static Envelope text(String tenant, UUID conversation, UUID messageId, String body) {
    InboundBound data =
        new InboundBound(messageId, conversation, THEIRS, "Carla", body, List.of(), Instant.now());
    Actor actor = new Actor(THEIRS, "phone", "Carla", null);
    return Envelope.of(EventType.INBOUND_BOUND, tenant, conversation, actor, Instant.now(), data);
  }
}
