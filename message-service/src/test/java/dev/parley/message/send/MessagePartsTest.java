package dev.parley.message.send;

import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;

import dev.parley.chassis.CrmUser;
import dev.parley.chassis.user.UserNames;
import dev.parley.contracts.Ids;
import dev.parley.contracts.event.ConversationType;
import dev.parley.contracts.event.History;
import dev.parley.contracts.event.Posting;
import dev.parley.message.Group;
import dev.parley.message.Told;
import dev.parley.message.WithBackEnds;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

@QuarkusTest
class MessagePartsTest extends WithBackEnds {
  @Inject UserNames names;

  @Test
  void repliesHangUnderTopLevelMessagesOfTheSameConversation() {
    Group group = Group.of("ana", "bo");
    Group other = Group.of("ana", "bo");
    String root = group.send("ana", "c1", "Root").statusCode(201).extract().path("id");
    String elsewhere = other.send("ana", "c1", "Root").statusCode(201).extract().path("id");
    String reply =
        group
            .send("bo", Map.of("clientMsgId", "c2", "body", "Reply", "threadRoot", root))
            .statusCode(201)
            .body("threadRoot", is(root))
            .extract()
            .path("id");
    for (String wrong : List.of(elsewhere, reply, Ids.next().toString())) {
      group
          .send("bo", Map.of("clientMsgId", "c3", "body", "Reply", "threadRoot", wrong))
          .statusCode(400)
          .body("violations[0].field", is("threadRoot"));
    }
  }

  @Test
  void usersAreCalledAsTheCrmSaysOnceItHasSaid() {
    Group group = Group.of("ana", "bo");
    group.send("ana", "c0", "before").statusCode(201).body("authorName", is("ana"));
    new CrmUser(group.tenant(), "ana").tell(1, Map.of("name", "Ana Silva"));
    await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () ->
                names
                    .of(group.tenant(), List.of("ana"))
                    .await()
                    .atMost(Duration.ofSeconds(30))
                    .containsValue("Ana Silva"));
    group.send("ana", "c1", "after").statusCode(201).body("authorName", is("Ana Silva"));
    group.send("ana", "c1", "after").statusCode(200).body("authorName", is("Ana Silva"));
    group.page("bo", Map.of()).body("items.authorName", is(List.of("ana", "Ana Silva")));
  }

  @Test
  void mentionedPeopleWhoCannotSeeItAreNamed() {
    Group group = Group.of("ana", "bo");
    Told.users(group.tenant(), "zed");
    group
        .send(
            "ana",
            Map.of("clientMsgId", "c1", "body", "@bo @zed", "mentions", List.of("bo", "zed")))
        .statusCode(201)
        .body("mentions", is(List.of("bo", "zed")))
        .body("unreachable", is(List.of("zed")));
    group
        .send(
            "ana", Map.of("clientMsgId", "c2", "body", "@channel", "mentions", List.of("channel")))
        .statusCode(201)
        .body("unreachable", is((Object) null));
  }

  @Test
  void aRepeatMayConfirmAndMentionInAnotherOrderButSayNothingElse() {
    Group group = Group.of("ana", "bo", "cy");
    Map<String, Object> hi =
        Map.of("clientMsgId", "c1", "body", "Hi", "mentions", List.of("bo", "cy"));
    String id = group.send("ana", hi).statusCode(201).extract().path("id");
    Map<String, Object> again = new HashMap<>(hi);
    again.put("mentions", List.of("cy", "bo", "cy"));
    again.put("confirm", true);
    group.send("ana", again).statusCode(200).body("id", is(id));
    again.put("mentions", List.of("cy"));
    group.send("ana", again).statusCode(409).body("code", is("client_msg_id_reused"));
  }

  @Test
  void anEmptyThreadRootIsNoneOfNoThread() {
    Group group = Group.of("ana", "bo");
    group
        .send("ana", Map.of("clientMsgId", "c1", "body", "Hi", "threadRoot", ""))
        .statusCode(400)
        .body("violations[0].field", is("threadRoot"));
  }

  @Test
  void alertingFiftyNeedsConfirmation() {
    String[] members = IntStream.range(0, 50).mapToObj(i -> "u" + i).toArray(String[]::new);
    Group group = Group.of(members);
    Map<String, Object> request =
        Map.of("clientMsgId", "c1", "body", "@here", "mentions", List.of("here"));
    group.send("u0", request).statusCode(409).body("code", is("confirm_required"));
    group
        .send(
            "u0",
            Map.of(
                "clientMsgId", "c1", "body", "@here", "mentions", List.of("here"), "confirm", true))
        .statusCode(201);
  }

  @Test
  void notesAreForCustomerConversationsAndFilesMustExist() {
    Group group = Group.of("ana", "bo");
    group
        .send("ana", Map.of("clientMsgId", "c1", "body", "x", "visibility", "internal"))
        .statusCode(422)
        .body("code", is("not_applicable"));
    group
        .send(
            "ana",
            Map.of("clientMsgId", "c2", "body", "x", "attachments", List.of(Ids.next().toString())))
        .statusCode(422)
        .body("code", is("attachment_not_usable"))
        .body("detail", notNullValue());
  }

  @Test
  void whatIsTooLongAsATextIsRefusedWhereTextsLeave() {
    Group sms = Group.create("t" + Ids.next(), ConversationType.SMS, Posting.ALL, "ana");
    sms.send("ana", "c1", "x".repeat(1600)).statusCode(201);
    sms.send("ana", "c2", "**" + "x".repeat(1600) + "**").statusCode(201).body("seq", is(2));
    sms.send("ana", "c3", "x".repeat(1601))
        .statusCode(400)
        .contentType("application/problem+json")
        .body("code", is("sms_too_long"))
        .body("violations[0].field", is("body"));
    sms.send("ana", Map.of("clientMsgId", "c3", "body", "x".repeat(1601), "visibility", "internal"))
        .statusCode(201)
        .body("seq", is(3));
    sms.send("ana", "c4", "😀".repeat(1600)).statusCode(201).body("seq", is(4));
    tooLong(sms.send("ana", "c5", "😀".repeat(1601)));
    Group.of("ana", "bo").send("ana", "c1", "x".repeat(1601)).statusCode(201);
  }

  @Test
  void aGroupsTextsCarryTheSendersNameAsLongAsOutsidersReadThem() {
    Group mixed = Group.of("ana", "bo", "+15551230100");
    int most = 1600 - "ana: ".length();
    mixed.send("ana", "c1", "x".repeat(most)).statusCode(201);
    mixed.send("ana", "c2", "**" + "😀".repeat(most) + "**").statusCode(201);
    tooLong(mixed.send("ana", "c3", "x".repeat(most + 1)));
    tooLong(mixed.send("ana", "c3", "😀".repeat(most + 1)));
    mixed.send("ana", "c2", "**" + "😀".repeat(most) + "**").statusCode(200);
    mixed.remove("+15551230100");
    mixed.send("ana", "c3", "x".repeat(1601)).statusCode(201).body("seq", is(3));
    mixed.add("+15551230101", History.FROM_NOW);
    tooLong(mixed.send("ana", "c4", "x".repeat(1601)));
  }

  @Test
  void theNamesOfTheMentionedCountAsTheyWillBeSent() {
    Group mixed = Group.of("ana", "bo", "+15551230100");
    Group sms = Group.create(mixed.tenant(), ConversationType.SMS, Posting.ALL, "ana", "bo");
    new CrmUser(mixed.tenant(), "bo").tell(1, Map.of("name", "Bob Bobson"));
    await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () ->
                names
                        .of(mixed.tenant(), List.of("bo"))
                        .await()
                        .atMost(Duration.ofSeconds(30))
                        .size()
                    == 1);
    String filled = "@bo " + "x".repeat(1600 - "ana: @Bob Bobson ".length());
    mixed.send("ana", mention("c1", filled)).statusCode(201);
    tooLong(mixed.send("ana", mention("c2", filled + "x")));
    sms.send("ana", mention("c1", filled + "xxxxx")).statusCode(201);
    tooLong(sms.send("ana", mention("c2", filled + "xxxxxx")));
    mixed.send("ana", "c2", filled + "x").statusCode(201);
  }

  private static Map<String, Object> mention(String clientMsgId, String body) {
    return Map.of("clientMsgId", clientMsgId, "body", body, "mentions", List.of("bo"));
  }

  private static void tooLong(ValidatableResponse answer) {
    answer
        .statusCode(400)
        .contentType("application/problem+json")
        .body("code", is("sms_too_long"))
        .body("violations.field", is(List.of("body")));
  }
}
