package dev.parley.message.preview;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;

import com.sun.net.httpserver.HttpExchange;
import dev.parley.chassis.Wire;
import dev.parley.contracts.Envelope;
import dev.parley.contracts.EventType;
import dev.parley.contracts.Ids;
import dev.parley.contracts.Topics;
import dev.parley.contracts.event.ConversationType;
import dev.parley.contracts.event.LinkPreview;
import dev.parley.contracts.event.Message;
import dev.parley.contracts.event.Posting;
import dev.parley.message.Group;
import dev.parley.message.WithBackEnds;
import io.quarkus.test.junit.QuarkusMock;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.vertx.core.Vertx;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class PreviewsTest extends WithBackEnds {
  private static final Duration SOON = Duration.ofSeconds(30);

  @Inject Vertx vertx;
  private final Web web = new Web();
  private final Names names =
      new Names().with("a.example", "127.0.0.1").with("inside.example", "10.0.0.1");

  @BeforeEach
  void reachOurOwnWeb() {
    QuarkusMock.installMockForType(
        new PageFetcher(vertx, names, Limits.at(web.place())), PageFetcher.class);
  }

  @AfterEach
  void close() {
    web.close();
  }

  @Test
  void whatALinkLeadsToIsAddedAsAChangeOfTheMessage() {
    web.page("/p", "Launch");
    Group group = Group.of("ana", "bo");
    String id =
        group.said(
            "ana",
            "see " + link("/p?token=1") + ", " + link("/no") + " and http://inside.example/");
    Envelope told = updates(group, id, 1).get(0);
    assertThat(told.actor().kind()).isEqualTo("system");
    Message message = told.data(Message.class);
    assertThat(message.previews())
        .containsExactly(new LinkPreview(link("/p?token=1"), "Launch", null, null));
    assertThat(message.version()).isEqualTo(2);
    assertThat(message.edited()).isNull();
    assertThat(message.rev()).isEqualTo(told.rev());
    group
        .message("bo", id)
        .statusCode(200)
        .body("previews.size()", is(1))
        .body("previews[0].title", is("Launch"))
        .body("previews[0].url", is(link("/p?token=1")))
        .body("version", is(2))
        .body("edited", nullValue());
    group
        .page("bo", Map.of("changedAfter", told.rev() - 1))
        .body("items.id", is(List.of(id)))
        .body("items[0].previews[0].title", is("Launch"));
    assertThat(web.asked()).containsExactlyInAnyOrder("/p?token=1", "/no");
  }

  @Test
  void aSendDoesNotWaitAndWhatCannotBeHadIsNotAskedForAgain() {
    web.on("/slow", Web::drip);
    Group group = Group.of("ana", "bo");
    String id = group.said("ana", link("/slow"));
    group.message("ana", id).statusCode(200).body("previews", nullValue()).body("version", is(1));
    web.page("/p", "After");
    String later = group.said("ana", link("/p"));
    updates(group, later, 1);
    group.message("ana", id).body("previews", nullValue()).body("version", is(1));
    assertThat(web.asked().stream().filter("/slow"::equals)).hasSize(1);
  }

  /** The page answers only after the sends have; had one waited for it, it would say so. */
  @Test
  void aSendIsAnsweredWhileThePageIsStillAskedFor() {
    Limits patient = new Limits(Duration.ofMinutes(2), List.of(web.place()));
    QuarkusMock.installMockForType(new PageFetcher(vertx, names, patient), PageFetcher.class);
    CountDownLatch answered = new CountDownLatch(1);
    web.on("/waits", exchange -> answer(exchange, answered));
    Group group = Group.of("ana", "bo");
    String id = group.said("ana", link("/waits"));
    await().atMost(SOON).until(() -> web.asked().contains("/waits"));
    group.said("bo", "meanwhile");
    group.message("bo", id).statusCode(200).body("previews", nullValue()).body("version", is(1));
    answered.countDown();
    updates(group, id, 1);
    group.message("ana", id).body("previews[0].title", is("At last")).body("version", is(2));
  }

  private static void answer(HttpExchange exchange, CountDownLatch answered) throws IOException {
    boolean inTime = false;
    try {
      inTime = answered.await(SOON.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Web.send(exchange, "text/html", Web.html(inTime ? "At last" : "Too late"));
  }

  @Test
  void anEditTakesThePreviewWithTheLinkAndBringsThatOfAnother() {
    web.page("/p", "First");
    web.page("/q", "Second");
    Group group = Group.of("ana", "bo");
    String id = group.said("ana", link("/p"));
    updates(group, id, 1);
    edit(group, id, 2, link("/p") + " more")
        .body("previews[0].title", is("First"))
        .body("version", is(3));
    edit(group, id, 3, link("/q")).body("previews", nullValue()).body("version", is(4));
    await()
        .atMost(SOON)
        .untilAsserted(
            () ->
                group
                    .message("bo", id)
                    .body("previews.title", is(List.of("Second")))
                    .body("version", is(5)));
    edit(group, id, 5, "no link").body("previews", nullValue());
    assertThat(web.asked()).containsExactly("/p", "/q");
  }

  @Test
  void ofADeletedMessageNothingIsLeft() {
    web.page("/p", "Gone");
    Group group = Group.of("ana", "bo");
    String id = group.said("ana", link("/p"));
    updates(group, id, 1);
    group.as("ana").delete("/v1/messages/" + id).then().statusCode(204);
    group.message("bo", id).body("deleted", is(true)).body("previews", nullValue());
  }

  @Test
  void aNotesPreviewIsTheNotesAloneAndAClientsLinkIsLookedAtToo() {
    web.page("/note", "Secret");
    web.page("/client", "Shared");
    Group group =
        Group.create("t" + Ids.next(), ConversationType.CLIENT, Posting.ALL, "ana", "client:cleo");
    String note = group.noted("ana", link("/note"));
    Envelope told = updates(group, note, 1).get(0);
    assertThat(told.data().path("visibility").asText()).isEqualTo("internal");
    group.message("ana", note).body("previews[0].title", is("Secret"));
    group.message("client:cleo", note).statusCode(404);
    String said = group.said("client:cleo", link("/client"));
    updates(group, said, 1);
    group.message("client:cleo", said).body("previews[0].title", is("Shared"));
  }

  @Test
  void whatIsSentAsATextIsLeftAlone() {
    web.page("/p", "Once");
    web.page("/q", "Marker");
    Group sms =
        Group.create("t" + Ids.next(), ConversationType.SMS, Posting.ALL, "ana", "+15551230001");
    String id = sms.said("ana", link("/p"));
    Group group = Group.of("ana", "bo");
    updates(group, group.said("ana", link("/q")), 1);
    sms.message("ana", id).body("previews", nullValue()).body("version", is(1));
    assertThat(web.asked()).containsExactly("/q");
  }

  private String link(String path) {
    return "http://a.example:" + web.port() + path;
  }

  private static ValidatableResponse edit(Group group, String id, int version, String body) {
    return group
        .as("ana")
        .header("If-Match", "\"" + version + "\"")
        .body(Map.of("body", body))
        .patch("/v1/messages/" + id)
        .then()
        .statusCode(200);
  }

  private static List<Envelope> updates(Group group, String id, int count) {
    return Wire.await(
        Topics.TIMELINE,
        count,
        SOON,
        told ->
            group.id().equals(told.conversationId())
                && EventType.MESSAGE_UPDATED.equals(told.type())
                && id.equals(told.data().path("id").asText()));
  }
}
