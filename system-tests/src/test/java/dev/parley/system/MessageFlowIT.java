package dev.parley.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.contracts.Ids;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** A message from REST to the sockets, and who does not get it. */
@WithStack
class MessageFlowIT {
  private static final Duration BINDS = Duration.ofSeconds(1);
  private static final Duration COLD = Duration.ofSeconds(20);

  private final Stack stack;
  private final Tenant tenant;

  MessageFlowIT(Stack stack) {
    this.stack = stack;
    this.tenant = new Tenant(stack);
  }

  @Test
  void othersAndTheAuthorsOwnDevicesGetTheMessageAsRestGivesIt() {
    Person ana = tenant.person("ana");
    Person ben = tenant.person("ben");
    Person cem = tenant.person("cem");
    try (Socket connectedBefore = ben.connect()) {
      String group = ana.group("Fair", ben, cem);
      String clientMsgId = Ids.next().toString();
      try (Socket connectedAfter = cem.connect();
          Socket phone = ana.connect();
          Socket laptop = ana.connect()) {
        Answer sent = ana.send(group, clientMsgId, "The *stand* is booked").is(201);

        assertThat(sent.json().path("seq").asLong()).isEqualTo(1);
        assertThat(sent.json().path("clientMsgId").asText()).isEqualTo(clientMsgId);
        assertThat(sent.json().path("authorId").asText()).isEqualTo("ana");
        assertThat(sent.header("location")).endsWith("/v1/messages/" + sent.id());
        JsonNode read = ben.get("/v1/messages/" + sent.id()).is(200).json();
        assertThat(read).isEqualTo(sent.json());
        String event = connectedBefore.awaitMessage(sent.id()).id();
        for (Socket socket : List.of(connectedBefore, connectedAfter, phone, laptop)) {
          Frame frame = socket.awaitMessage(sent.id());
          assertThat(frame.data()).isEqualTo(read);
          assertThat(frame.seq()).isEqualTo(1);
          assertThat(frame.id()).isEqualTo(event);
          assertThat(frame.conversationId()).isEqualTo(group);
          assertThat(frame.json().path("actor").path("id").asText()).isEqualTo("ana");
        }
        assertThat(ana.send(group, clientMsgId, "The *stand* is booked").is(200).json())
            .isEqualTo(sent.json());
      }
    }
  }

  @Test
  void strangerAndOtherTenantGetNothing() {
    Person ana = tenant.person("ana");
    Person ben = tenant.person("ben");
    Person cem = tenant.person("cem");
    Person stranger = tenant.person("stranger");
    Person namesake = new Tenant(stack).person("ben");
    String group = ana.group("Secret", ben, cem);
    try (Socket strangers = stranger.connect();
        Socket namesakes = namesake.connect();
        Socket bens = ben.connect()) {
      Answer sent = ana.send(group, "nobody else").is(201);
      bens.awaitMessage(sent.id());

      // Young ids are waited for, alike whether unknown or forbidden: so all are asked at once.
      String nobodys = Ids.next().toString();
      for (Person outsider : List.of(stranger, namesake)) {
        List<Answer> refused = answers(outsider, group, sent.id());
        List<Answer> missing = answers(outsider, nobodys, nobodys);
        for (int i = 0; i < refused.size(); i++) {
          JsonNode forbidden = refused.get(i).isProblem(404, "not_found").json();
          JsonNode unknown = missing.get(i).isProblem(404, "not_found").json();
          assertThat(forbidden.path("detail")).isEqualTo(unknown.path("detail"));
          assertThat(forbidden.path("title")).isEqualTo(unknown.path("title"));
        }
      }
      barrier(stranger, strangers);
      barrier(namesake, namesakes);
      assertThat(strangers.framesOf(group)).isEmpty();
      assertThat(namesakes.framesOf(group)).isEmpty();
      assertThat(ana.history(group).items("body")).containsExactly("nobody else");
    }
  }

  @Test
  void noTokenIs401AsAProblem() {
    for (String path : paths(Ids.next().toString(), Ids.next().toString())) {
      Rest.call("GET", stack.origin() + path, null, null).isProblem(401, "unauthenticated");
      Rest.call("GET", stack.origin() + path, "no.such.token", null)
          .isProblem(401, "unauthenticated");
    }
    Rest.call("POST", stack.origin() + "/v1/realtime/tickets", null, Map.of())
        .isProblem(401, "unauthenticated");
  }

  @Test
  void newcomerFromNowSeesNothingOlder() {
    Person ana = tenant.person("ana");
    Person ben = tenant.person("ben");
    Person cem = tenant.person("cem");
    Person dan = tenant.person("dan");
    String group = ana.group("Offers", ben, cem);
    try (Socket before = dan.connect()) {
      Answer older = ana.send(group, "pomegranate before").is(201);
      String cursor = before.cursor();

      Answer added = ana.add(group, dan, "from_now");
      Answer newer = ana.send(group, "pomegranate after").is(201);

      assertThat(added.json().path("items").path(0).path("visibleFromSeq").asLong())
          .as("behind what was said and that they were added")
          .isEqualTo(3);
      assertThat(dan.history(group).is(200).items("body")).containsExactly("pomegranate after");
      assertThat(dan.history(group).json().path("hasBefore").asBoolean()).isFalse();
      dan.get("/v1/messages/" + older.id()).isProblem(404, "not_found");
      await()
          .atMost(COLD)
          .until(() -> dan.search("pomegranate").items("messageId").contains(newer.id()));
      assertThat(dan.search("pomegranate").items("messageId")).containsExactly(newer.id());
      before.awaitMessage(newer.id());
      assertThat(before.frames()).noneMatch(frame -> frame.tellsOf(older.id()));
      try (Socket resumed = dan.connect(cursor)) {
        assertThat(resumed.hello().path("resumed").asBoolean()).isTrue();
        resumed.awaitMessage(newer.id());
        resumed.settle();
        assertThat(resumed.frames()).noneMatch(frame -> frame.tellsOf(older.id()));
      }
    }
  }

  @Test
  void newcomerWithAllHistorySeesEverything() {
    Person ana = tenant.person("ana");
    Person dan = tenant.person("dan");
    String group = ana.group("Plans", tenant.person("ben"), tenant.person("cem"));
    ana.send(group, "one").is(201);
    ana.add(group, dan, "all");
    ana.send(group, "two").is(201);

    assertThat(dan.history(group).is(200).said()).containsExactly("one", "two");
  }

  @Test
  void removedMemberIsOutEverywhereWithinASecond() {
    Person ana = tenant.person("ana");
    Person ben = tenant.person("ben");
    Person cem = tenant.person("cem");
    // The second is promised of a running system: what a JVM does for the first time takes longer.
    String warm = ana.group("Warm", ben, cem);
    ana.delete("/v1/conversations/" + warm + "/members/" + memberId(ana, warm, cem));
    await().atMost(COLD).until(() -> cem.history(warm).status() == 404);
    String group = ana.group("Merger", ben, cem);
    try (Socket cems = cem.connect();
        Socket bens = ben.connect()) {
      Answer seen = ana.send(group, "quince for all").is(201);
      cems.awaitMessage(seen.id());
      await().atMost(COLD).until(() -> cem.search("quince").items("messageId").contains(seen.id()));

      ana.delete("/v1/conversations/" + group + "/members/" + memberId(ana, group, cem)).is(204);

      answers(cem, group, seen.id()).forEach(answer -> answer.isProblem(404, "not_found"));
      await().atMost(BINDS).until(() -> cem.search("quince").is(200).items("messageId").isEmpty());
      Answer unseen = ana.send(group, "quince for the rest").is(201);
      bens.awaitMessage(unseen.id());
      barrier(cem, cems);
      assertThat(cems.frames()).noneMatch(frame -> frame.tellsOf(unseen.id()));
      assertThat(ben.history(group).said())
          .containsExactly("quince for all", "quince for the rest");
    }
  }

  /** What one is answered who asks for these, and who sends. */
  private static List<Answer> answers(Person asking, String conversation, String message) {
    List<Supplier<Answer>> calls = new ArrayList<>();
    paths(conversation, message).forEach(path -> calls.add(() -> asking.get(path)));
    calls.add(() -> asking.send(conversation, "let me in"));
    return AtOnce.all(calls);
  }

  private static List<String> paths(String conversation, String message) {
    return List.of(
        "/v1/conversations/" + conversation,
        "/v1/conversations/" + conversation + "/members",
        Person.timeline(conversation),
        "/v1/messages/" + message);
  }

  private static String memberId(Person reader, String group, Person member) {
    for (JsonNode item :
        reader.get("/v1/conversations/" + group + "/members").is(200).json().path("items")) {
      if (item.path("userId").asText().equals(member.id())) {
        return item.path("id").asText();
      }
    }
    throw new AssertionError(member.id() + " is no member");
  }

  /** What the edge had written for this socket by now has arrived: a later message has. */
  private void barrier(Person reader, Socket socket) {
    Tenant own = reader.tenant();
    String later = reader.group("Later", own.person("x1"), own.person("x2"));
    socket.awaitMessage(reader.send(later, "later").is(201).id());
    socket.settle();
  }
}
