package dev.parley.message.membership;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import dev.parley.chassis.Tokens;
import dev.parley.chassis.Wire;
import dev.parley.contracts.Actor;
import dev.parley.contracts.Envelope;
import dev.parley.contracts.EventType;
import dev.parley.contracts.Ids;
import dev.parley.contracts.Json;
import dev.parley.contracts.Right;
import dev.parley.contracts.Schemas;
import dev.parley.contracts.Topics;
import dev.parley.contracts.event.Conversation;
import dev.parley.contracts.event.ConversationBuilder;
import dev.parley.contracts.event.ConversationState;
import dev.parley.contracts.event.ConversationType;
import dev.parley.contracts.event.Message;
import dev.parley.message.WithBackEnds;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
class WelcomeTest extends WithBackEnds {
  private final String tenant = "t" + Ids.next();
  private final UUID id = Ids.next();

  @Test
  void theGreetingIsMessageOneOnceAndTheSystems() {
    Envelope created = created("Welcome, Carla!");
    Wire.publish(Topics.CONVERSATION, created);
    Wire.publish(Topics.CONVERSATION, created);
    List<Envelope> log = log(2);
    log.forEach(event -> Schemas.validate(Json.bytes(event)));
    assertThat(log).extracting(Envelope::rev).containsExactly(1L, 2L);
    assertThat(log.get(0).data(Conversation.class).welcome()).isNull();
    assertThat(log.get(1).type()).isEqualTo(EventType.MESSAGE_CREATED);
    assertThat(log.get(1).seq()).isEqualTo(1);
    Message greeting = log.get(1).data(Message.class);
    assertThat(greeting.id()).isEqualTo(Ids.named(created.at(), "welcome", id.toString()));
    assertThat(Ids.timeOf(greeting.id())).isEqualTo(created.at().truncatedTo(ChronoUnit.MILLIS));
    assertThat(greeting.system().event()).isEqualTo("welcome");
    assertThat(greeting.system().params()).isEmpty();

    send("c1", "hello").statusCode(201).body("seq", equalTo(2));
    given()
        .auth()
        .oauth2(Tokens.of(tenant, "carla", Map.of("roles", "client")))
        .get("/v1/timelines/" + id + "/messages")
        .then()
        .statusCode(200)
        .body("items.seq", contains(1, 2))
        .body("items[0].kind", equalTo("system"))
        .body("items[0].authorKind", equalTo("system"))
        .body("items[0].authorId", nullValue())
        .body("items[0].body", equalTo("Welcome, Carla!"))
        .body("items[0].system.event", equalTo("welcome"))
        .body("items[1].system", nullValue());
  }

  @Test
  void withoutAGreetingTheFirstMessageIsSomebodys() {
    Wire.publish(Topics.CONVERSATION, created(null));
    log(1);
    send("c1", "hello").statusCode(201).body("seq", equalTo(1));
  }

  @Test
  void intoAFrozenOneNobodySendsUntilItFitsAgain() {
    Wire.publish(Topics.CONVERSATION, created(null));
    Wire.publish(Topics.CONVERSATION, updated(2, "Its clients are no longer of one company."));
    log(2);
    send("c1", "hello").statusCode(409).body("code", equalTo("conversation_closed"));
    clientSends("c2").statusCode(409).body("code", equalTo("conversation_closed"));
    Wire.publish(Topics.CONVERSATION, updated(3, null));
    log(3);
    send("c1", "hello").statusCode(201);
  }

  @Test
  void aFrozenOneThatIsClosedIsOpenedByNoClient() {
    Wire.publish(Topics.CONVERSATION, created(null));
    Wire.publish(
        Topics.CONVERSATION,
        event(
            EventType.CONVERSATION_CLOSED,
            conversation(
                2, ConversationState.CLOSED, "Its clients are no longer of one company.")));
    log(2);
    clientSends("c1")
        .statusCode(409)
        .body("code", equalTo("conversation_closed"))
        .body("detail", equalTo("Its clients are no longer of one company."));
  }

  @Test
  void intoAClosedOneTheClientSendsAndNobodyElse() {
    Wire.publish(Topics.CONVERSATION, created(null));
    Wire.publish(
        Topics.CONVERSATION,
        event(EventType.CONVERSATION_CLOSED, conversation(2, ConversationState.CLOSED, null)));
    log(2);
    send("c1", "hello").statusCode(409).body("code", equalTo("conversation_closed"));
    clientSends("c2").statusCode(201).body("seq", equalTo(1));
    clientSends("c2").statusCode(200);
    Wire.publish(
        Topics.CONVERSATION,
        event(EventType.CONVERSATION_ARCHIVED, conversation(3, ConversationState.ARCHIVED, null)));
    log(4);
    clientSends("c3").statusCode(409).body("code", equalTo("conversation_archived"));
  }

  private ValidatableResponse clientSends(String clientMsgId) {
    return given()
        .auth()
        .oauth2(Tokens.of(tenant, "carla", Map.of("roles", "client")))
        .contentType("application/json")
        .body(Map.of("clientMsgId", clientMsgId, "body", "Hello?"))
        .post("/v1/timelines/" + id + "/messages")
        .then();
  }

  private Envelope created(String welcome) {
    Right client = new Right(Ids.next().toString(), "client", "carla", null, "derived", true, 0, 1);
    Right user = new Right(Ids.next().toString(), "user", "ana", null, "derived", true, 0, 1);
    return event(EventType.CONVERSATION_CREATED, conversation(1, null).greeting(welcome))
        .withRights(List.of(client, user));
  }

  private Envelope updated(long version, String frozen) {
    return event(EventType.CONVERSATION_UPDATED, conversation(version, frozen));
  }

  private Envelope event(String type, Conversation data) {
    return Envelope.of(type, tenant, id, Actor.SYSTEM, Instant.now(), data);
  }

  private Conversation conversation(long version, String frozen) {
    return conversation(version, ConversationState.OPEN, frozen);
  }

  private Conversation conversation(long version, ConversationState state, String frozen) {
    return ConversationBuilder.builder()
        .id(id)
        .type(ConversationType.CLIENT)
        .state(state)
        .createdBy("system")
        .createdAt(Instant.now())
        .version(version)
        .memberCount(2)
        .contactId("carla")
        .contactOwnerId("ana")
        .frozen(frozen)
        .build();
  }

  private List<Envelope> log(int count) {
    return Wire.await(
        Topics.TIMELINE, count, Duration.ofSeconds(30), event -> id.equals(event.conversationId()));
  }

  private ValidatableResponse send(String clientMsgId, String body) {
    return given()
        .auth()
        .oauth2(Tokens.user(tenant, "ana"))
        .contentType("application/json")
        .body(Map.of("clientMsgId", clientMsgId, "body", body))
        .post("/v1/timelines/" + id + "/messages")
        .then();
  }
}
