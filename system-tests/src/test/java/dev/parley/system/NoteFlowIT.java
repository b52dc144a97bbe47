package dev.parley.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.contracts.Ids;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * An internal note reaches nobody outside by any way that leads there: its word, its file's name
 * and its ids are looked for in everything that a client and an outside number get (product.md §1,
 * §3, §4).
 */
@WithStack
class NoteFlowIT {
  private static final Duration SOON = Duration.ofSeconds(30);

  private final Stack stack;
  private final Tenant tenant;
  private final Person ana;
  private final String word = "quince" + Ids.next().toString().substring(24);
  private final List<String> hidden = new ArrayList<>(List.of(word));

  NoteFlowIT(Stack stack) {
    this.stack = stack;
    this.tenant = new Tenant(stack);
    this.ana = tenant.person("ana");
  }

  @Test
  void aNoteReachesNoClientByWhateverWay() {
    tenant
        .admin()
        .put(
            "/v1/tenant/settings",
            Map.of("timeline.customerConversations", true, "welcome.enabled", false))
        .is(200);
    Person cleo = client("cleo");
    String channel = ana.begin(Map.of("type", "client", "members", List.of("cleo"))).id();
    try (Socket cleos = cleo.connect()) {
      String asked = cleo.send(channel, "May I have a pear?").is(201).id();
      String file = upload();
      String note = note(channel, Map.of("attachments", List.of(file)));
      String reply = note(channel, Map.of("threadRoot", note));
      for (String each : List.of(note, reply)) {
        ana.put("/v1/messages/" + each + "/reactions/" + Rest.encoded("👍"), Map.of()).is(204);
      }
      ana.put("/v1/timelines/" + channel + "/pins/" + note, Map.of()).is(200);
      ana.post(
              "/v1/messages/" + note + "/bookmarks",
              Map.of("type", "decision", "note", word, "visibility", "conversation"))
          .is(201);
      type(channel, note, cleos);
      String answered = ana.send(channel, "Yes, two pears").is(201).id();
      String erased = note(channel, Map.of());
      String last = note(channel, Map.of());
      takeBack(channel, note, erased);

      // Staff has them everywhere, so whatever was to be told has been.
      await().atMost(SOON).until(() -> ana.search(word).items("messageId").size() >= 3);
      assertThat(ana.history(channel).items("id"))
          .containsExactly(asked, note, reply, answered, erased, last);
      await().atMost(SOON).until(() -> lastMessage(ana, channel).equals(last));
      await().atMost(SOON).until(() -> lastMessage(cleo, channel).equals(answered));
      await()
          .atMost(SOON)
          .until(
              () -> tenant.admin().get("/v1/crm/timeline?limit=200").text().contains("two pears"));

      assertThat(cleo.history(channel).is(200).items("id")).containsExactly(asked, answered);
      for (String path : paths(channel, asked)) {
        Answer answer = cleo.get(path);
        assertThat(answer.status()).as(path).isIn(200, 403);
        isClean(answer);
      }
      cleo.get("/v1/attachments/" + file + "/download").isProblem(404, "not_found");
      for (String each : List.of(note, reply, erased, last)) {
        cleo.get("/v1/messages/" + each).isProblem(404, "not_found");
        cleo.get(Person.timeline(channel) + "?thread=" + each).isProblem(404, "not_found");
        cleo.get(Person.timeline(channel) + "?aroundId=" + each).isProblem(404, "not_found");
      }
      assertThat(cleo.search(word).json().path("total").path("value").asLong()).isZero();
      isClean(tenant.admin().get("/v1/crm/timeline?limit=200").is(200));
      counts(cleo, channel, cleos);
      isClean(cleo.put("/v1/timelines/" + channel + "/read", Map.of("seq", 4)));
      cleos.settle();
      cleos.frames().forEach(frame -> isClean(frame.json()));
      assertThat(cleos.framesOf(channel))
          .extracting(Frame::type)
          .doesNotContain("message.updated", "message.deleted", "thread.updated")
          .doesNotContain("pin.added", "pin.removed", "bookmark.created")
          .doesNotContain("reaction.added", "reaction.removed");
    }
  }

  /**
   * Says that something is written under the note, then in the channel: of that alone she hears.
   */
  private void type(String channel, String note, Socket cleos) {
    String here = "{\"type\":\"typing\",\"conversationId\":\"" + channel + "\"";
    try (Socket anas = ana.connect()) {
      await()
          .atMost(SOON)
          .pollInterval(Duration.ofMillis(500))
          .until(
              () -> {
                anas.send(here + ",\"thread\":\"" + note + "\"}");
                anas.send(here + "}");
                return cleos.frames().stream().anyMatch(f -> f.type().equals("typing.started"));
              });
    }
  }

  /** What tells of messages that are there already. */
  private void takeBack(String channel, String note, String erased) {
    String path = "/v1/messages/" + note;
    long version = ana.get(path).is(200).json().path("version").asLong();
    String better = "Never tell them of the " + word + ", see https://" + word + ".example/";
    ana.change("PATCH", path, version, Map.of("body", better)).is(200);
    ana.delete(path + "/reactions/" + Rest.encoded("👍")).is(204);
    ana.delete("/v1/timelines/" + channel + "/pins/" + note).is(200);
    ana.delete("/v1/messages/" + erased).is(204);
    assertThat(ana.get("/v1/messages/" + erased).text()).doesNotContain(word);
  }

  @Test
  void aNoteReachesNoClientByMail() {
    Person dora = client("dora");
    String channel = ana.begin(Map.of("type", "client", "members", List.of("dora"))).id();
    note(channel, Map.of());
    ana.send(channel, "Yes, two pears").is(201);
    note(channel, Map.of());
    Mailbox mailbox = stack.mailbox();
    await().atMost(SOON).until(() -> !mailbox.of(dora.email()).isEmpty());
    // A later burst is a later mail: when it is there, all that the first one caused is there.
    ana.send(channel, "Or three").is(201);
    await().atMost(SOON).until(() -> mailbox.of(dora.email()).size() > 1);
    List<JsonNode> mails = mailbox.of(dora.email());
    assertThat(mails.get(0).toString()).contains("two pears");
    mails.forEach(this::isClean);
  }

  @Test
  void aNoteReachesNoNumberOutside() {
    String ours = tenant.numberOf(ana);
    String theirs = Tenant.anyNumber();
    try (Socket anas = ana.connect()) {
      stack.simulator().text(theirs, ours, "May I have a pear?").is(200);
      String sms =
          anas.await("the text", f -> f.data().path("body").asText().contains("pear"))
              .conversationId();
      note(sms, Map.of());
      ana.send(sms, "Yes, two").is(201);
      await().atMost(SOON).until(() -> stack.simulator().outbox(theirs).size() == 1);
      note(sms, Map.of());
      ana.send(sms, "Or three").is(201);
      await().atMost(SOON).until(() -> stack.simulator().outbox(theirs).size() == 2);
      assertThat(stack.simulator().outbox(theirs))
          .extracting(text -> text.path("body").asText())
          .containsExactly("Yes, two", "Or three");
    }
  }

  /** All that a client may ask for, or be refused. */
  private List<String> paths(String channel, String asked) {
    String timeline = "/v1/timelines/" + channel;
    return List.of(
        Person.timeline(channel) + "?beforeSeq=100",
        Person.timeline(channel) + "?afterSeq=0",
        Person.timeline(channel) + "?changedAfter=0",
        Person.timeline(channel) + "?thread=none",
        Person.timeline(channel) + "?aroundId=" + asked,
        timeline + "/attachments",
        timeline + "/pins",
        timeline + "/read-cursors",
        "/v1/bookmarks",
        "/v1/threads?filter=following",
        "/v1/threads?filter=unread",
        "/v1/unread",
        "/v1/drafts",
        "/v1/messages/" + asked + "/history",
        "/v1/conversations",
        "/v1/conversations?q=" + word,
        "/v1/conversations/" + channel,
        "/v1/conversations/" + channel + "/members",
        "/v1/crm/timeline",
        "/v1/inboxes/team",
        "/v1/search?q=" + word,
        "/v1/search?in=files&q=" + word,
        "/v1/search?in=messages&q=pear");
  }

  /** One message of somebody else: what is pushed, what is told and what is counted by hand. */
  private static void counts(Person cleo, String channel, Socket cleos) {
    JsonNode unread = cleo.get("/v1/unread").is(200).json();
    assertThat(unread.path("total").asLong()).isEqualTo(1);
    JsonNode here = unread.path("conversations").path(0);
    assertThat(here.path("conversationId").asText()).isEqualTo(channel);
    assertThat(here.path("unread").asLong()).isEqualTo(1);
    assertThat(here.path("threadUnread").asLong()).isZero();
    cleos.await(
        "the count",
        f -> f.type().equals("unread.updated") && f.data().path("unread").asLong() == 1);
    assertThat(cleos.frames())
        .filteredOn(frame -> frame.type().equals("unread.updated"))
        .allSatisfy(frame -> assertThat(frame.data().path("unread").asLong()).isLessThan(2));
  }

  private Person client(String name) {
    Person client = new Person(stack, tenant, name, "client");
    tenant
        .admin()
        .put(
            "/v1/crm/records/contact/" + name,
            Map.of(
                "version",
                1,
                "name",
                name,
                "email",
                client.email(),
                "client",
                true,
                "ownerId",
                "ana"))
        .is(202);
    return client;
  }

  private String note(String conversation, Map<String, ?> more) {
    Map<String, Object> request = new HashMap<>(more);
    request.put("clientMsgId", Ids.next().toString());
    request.put("body", "Never tell them of the " + word);
    request.put("visibility", "internal");
    String id = ana.post(Person.timeline(conversation), request).is(201).id();
    hidden.add(id);
    return id;
  }

  private String upload() {
    String id = Upload.ready(ana, word + ".txt", "about the " + word);
    hidden.add(id);
    return id;
  }

  private static String lastMessage(Person reader, String conversation) {
    return reader
        .get("/v1/conversations/" + conversation)
        .is(200)
        .json()
        .path("lastMessage")
        .path("id")
        .asText();
  }

  private void isClean(Answer answer) {
    isClean(answer.text());
  }

  private void isClean(JsonNode json) {
    isClean(json.toString());
  }

  private void isClean(String text) {
    assertThat(text).doesNotContain(hidden);
  }
}
