package dev.parley.message.send;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;

import dev.parley.chassis.Tokens;
import dev.parley.contracts.EventType;
import dev.parley.contracts.Ids;
import dev.parley.contracts.event.ConversationState;
import dev.parley.contracts.event.ConversationType;
import dev.parley.contracts.event.Posting;
import dev.parley.message.Group;
import dev.parley.message.WithBackEnds;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
class WhoMaySendTest extends WithBackEnds {
  @Test
  void onlyMembersSend() {
    Group group = Group.of("ana", "bo");
    group.send("ana", "c1", "Hello").statusCode(201);
    group.send("stranger", "c1", "Hello").statusCode(404).body("code", is("not_found"));
    given()
        .auth()
        .oauth2(Tokens.user("another", "ana"))
        .contentType("application/json")
        .body(Map.of("clientMsgId", "c1", "body", "Hello"))
        .post("/v1/timelines/" + group.id() + "/messages")
        .then()
        .statusCode(404);
    group.page("ana", Map.of()).body("items", hasSize(1));
  }

  @Test
  void aClosedConversationTakesNothingNewButAnswersRepeats() {
    Group group = Group.of("ana", "bo");
    String first = group.send("ana", "c1", "Hello").statusCode(201).extract().path("id");
    group.placed(group.tell(EventType.CONVERSATION_CLOSED, ConversationState.CLOSED, null));
    group.send("ana", "c2", "More").statusCode(409).body("code", is("conversation_closed"));
    group.send("ana", "c1", "Hello").statusCode(200).body("id", is(first));
    group.send("stranger", "c1", "Hello").statusCode(404);
    group.placed(group.tell(EventType.CONVERSATION_ARCHIVED, ConversationState.ARCHIVED, null));
    group.send("ana", "c2", "More").statusCode(409).body("code", is("conversation_archived"));
    group.placed(group.tell(EventType.CONVERSATION_OPENED, ConversationState.OPEN, null));
    group.send("ana", "c2", "More").statusCode(201).body("seq", is(2));
  }

  @Test
  void anAnnouncementChannelTakesItsAdminsAlone() {
    Group channel =
        Group.create("t" + Ids.next(), ConversationType.CHANNEL, Posting.ADMINS, "ana", "bo");
    channel.send("ana", "c1", "News").statusCode(201);
    channel.send("bo", "c1", "Hm").statusCode(403).body("code", is("forbidden"));
  }

  @Test
  void intoAnAnnouncementChannelTheTenantsAdministratorsSendOnceTheyAreMembers() {
    Group channel =
        Group.create("t" + Ids.next(), ConversationType.CHANNEL, Posting.ADMINS, "ana", "root");
    asAdministrator(channel, "outside", "c1").statusCode(403).body("code", is("forbidden"));
    asAdministrator(channel, "root", "c1").statusCode(201).body("seq", is(1));
    asAdministrator(channel, "root", "c1").statusCode(200);
    channel.send("root", "c2", "As a user").statusCode(403);
    Group group =
        Group.create(channel.tenant(), ConversationType.DEAL_ROOM, Posting.ADMINS, "ana", "root");
    asAdministrator(group, "root", "c1").statusCode(403).body("code", is("forbidden"));
  }

  private static ValidatableResponse asAdministrator(Group group, String who, String clientMsgId) {
    return given()
        .auth()
        .oauth2(Tokens.admin(group.tenant(), who))
        .contentType("application/json")
        .body(Map.of("clientMsgId", clientMsgId, "body", "News"))
        .post("/v1/timelines/" + group.id() + "/messages")
        .then();
  }

  @Test
  void aChannelIsReadByAllUsersAndWrittenByMembers() {
    Group channel =
        Group.create("t" + Ids.next(), ConversationType.CHANNEL, Posting.ALL, "ana", "bo");
    channel.send("bo", "c1", "News").statusCode(201);
    channel.page("reader", Map.of()).statusCode(200).body("items", hasSize(1));
    channel.send("reader", "c1", "Hm").statusCode(403).body("code", is("forbidden"));
  }

  @Test
  void anInternalChatIsNotThereForWhoIsLoggedInAsSomebodyElse() {
    Group chat =
        Group.create("t" + Ids.next(), ConversationType.INTERNAL_CHAT, Posting.ALL, "ana", "bo");
    chat.send("ana", "c1", "Private").statusCode(201);
    String as = Tokens.of(chat.tenant(), "ana", Map.of("roles", "user", "impersonator", "root"));
    given()
        .auth()
        .oauth2(as)
        .get("/v1/timelines/" + chat.id() + "/messages")
        .then()
        .statusCode(404);
    given()
        .auth()
        .oauth2(as)
        .contentType("application/json")
        .body(Map.of("clientMsgId", "c2", "body", "x"))
        .post("/v1/timelines/" + chat.id() + "/messages")
        .then()
        .statusCode(404);
    Group group = Group.create(chat.tenant(), ConversationType.GROUP, Posting.ALL, "ana", "bo");
    given()
        .auth()
        .oauth2(as)
        .contentType("application/json")
        .body(Map.of("clientMsgId", "c2", "body", "x"))
        .post("/v1/timelines/" + group.id() + "/messages")
        .then()
        .statusCode(201)
        .body("impersonatedBy", is("root"));
  }

  @Test
  void staffAnswersCustomersUnlessRestrictedToAssignedData() {
    Group sms = Group.create("t" + Ids.next(), ConversationType.SMS, Posting.ALL, "ana");
    sms.send("ana", "c1", "Hello").statusCode(201);
    String root =
        sms.send("colleague", "c1", "Me too")
            .statusCode(201)
            .body("seq", is(2))
            .extract()
            .path("id");
    sms.send("ana", Map.of("clientMsgId", "c2", "body", "x", "threadRoot", root))
        .statusCode(422)
        .body("code", is("not_applicable"));
    given()
        .auth()
        .oauth2(Tokens.assignedOnly(sms.tenant(), "restricted"))
        .contentType("application/json")
        .body(Map.of("clientMsgId", "c1", "body", "x"))
        .post("/v1/timelines/" + sms.id() + "/messages")
        .then()
        .statusCode(404);
  }
}
