package dev.parley.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.contracts.Ids;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/**
 * Who loses a right loses it everywhere, and nobody gets more than theirs, while others write; with
 * two nodes of each service involved. How soon is measured and printed ({@link Silence}), not
 * asserted: what a test waits here is what it takes beside a build on the same two cores.
 */
@WithStack
class RightsFlowIT {
  private static final Duration BINDS = Duration.ofSeconds(10);
  private static final Duration COLD = Duration.ofSeconds(20);
  private static final int ROUNDS = Integer.getInteger("rights.rounds", 4);

  private final Stack stack;
  private final Tenant tenant;

  RightsFlowIT(Stack stack) {
    this.stack = stack;
    this.tenant = new Tenant(stack);
  }

  @Test
  void whoComesAndGoesWhileOthersWriteSeesExactlyTheirPart() {
    Person ana = tenant.person("ana");
    Person ben = tenant.person("ben");
    String group = ana.group("Busy", ben, tenant.person("cem"));
    comeAndGo(ana, group, tenant.person("warm"), "warmup");
    awaitOld(group);
    Silence silence = new Silence();
    try (Chatter chatter = new Chatter(ben, group, "mulberry")) {
      await().atMost(COLD).until(() -> chatter.acceptedBefore(System.nanoTime()).size() >= 5);
      for (int round = 0; round < ROUNDS; round++) {
        Person dan = tenant.person("dan" + round);
        try (Socket dans = dan.connect()) {
          long before = System.nanoTime();
          ana.add(group, dan, "from_now");
          long added = System.nanoTime();
          await().atMost(COLD).until(() -> chatter.askedAfter(added).size() >= 5);
          List<String> theirs = chatter.askedAfter(added);
          theirs.forEach(dans::awaitMessage);
          assertThat(dan.history(group).is(200).items("id"))
              .containsAll(theirs)
              .doesNotContainAnyElementsOf(chatter.acceptedBefore(before));
          await().atMost(COLD).until(() -> !dan.search("mulberry").items("messageId").isEmpty());
          assertThat(dan.search("mulberry").items("messageId"))
              .doesNotContainAnyElementsOf(chatter.acceptedBefore(before));

          leave(ana, group, dan);
          long gone = System.nanoTime();
          Map<String, BooleanSupplier> places = places(dan, group, "mulberry");
          places.put("socket", new Still(dans, group));
          silence.await(gone, BINDS, places);
          isOut(dan, group, "mulberry");
          await().atMost(COLD).until(() -> chatter.askedAfter(gone).size() >= 5);
          barrier(dan, dans);
          List<String> unseen = chatter.askedAfter(gone);
          List<String> hidden = chatter.acceptedBefore(before);
          assertThat(dans.frames())
              .noneMatch(frame -> unseen.contains(frame.data().path("id").asText()))
              .noneMatch(frame -> hidden.contains(frame.data().path("id").asText()));
        }
      }
    }
    silence.report("removed");
  }

  @Test
  void whoIsDeactivatedIsRefusedByEveryServiceAndTheirSocketEnds() throws Exception {
    Person ana = tenant.person("ana");
    Person ben = tenant.person("ben");
    String group = ana.group("Team", ben, tenant.person("cem"));
    List<String> paths =
        List.of(
            "/v1/conversations",
            Person.timeline(group),
            "/v1/presence?userIds=ana",
            "/v1/search?q=x",
            "/v1/sms/senders",
            "/v1/notification-preferences");
    Silence silence = new Silence();
    for (int round = 0; round < 2; round++) {
      try (Socket bens = ben.connect()) {
        paths.forEach(path -> ben.get(path).is(200));
        tell(ben, 2 + 2 * round, Map.of("active", false));
        Map<String, BooleanSupplier> places = new LinkedHashMap<>();
        paths.forEach(path -> places.put(path, () -> ben.get(path).status() == 403));
        places.remove(Person.timeline(group));
        places.put("messages", () -> ben.history(group).status() == 403);
        silence.await(System.nanoTime(), BINDS, places);
        // Whichever node is asked next.
        for (int i = 0; i < 4; i++) {
          paths.forEach(path -> ben.get(path).isProblem(403, "forbidden"));
        }
        ben.post("/v1/realtime/tickets", Map.of()).isProblem(403, "forbidden");
        assertThat(bens.closed().get(5, TimeUnit.SECONDS)).isEqualTo(4403);
        tell(ben, 3 + 2 * round, Map.of("active", true));
        await()
            .atMost(COLD)
            .until(() -> paths.stream().allMatch(path -> ben.get(path).status() == 200));
      }
    }
    silence.report("deactivated");
  }

  @Test
  void whoSeesAssignedDataAloneKeepsTheNumberTheyHoldAndLosesTheOthers() {
    Person ana = tenant.person("ana");
    Person ben = tenant.person("ben");
    String ours = tenant.numberOf(ana);
    String theirs = Tenant.anyNumber();
    try (Socket anas = ana.connect()) {
      stack.simulator().text(theirs, ours, "persimmon").is(200);
      String text =
          anas.await("the text", f -> f.data().path("body").asText().equals("persimmon"))
              .conversationId();
      await().atMost(COLD).until(() -> ben.search("persimmon").items("messageId").size() == 1);
      awaitOld(text);
      ben.history(text).is(200);

      tell(ana, 2, Map.of("assignedDataOnly", true));
      tell(ben, 2, Map.of("assignedDataOnly", true));
      Silence silence = new Silence();
      silence.await(System.nanoTime(), BINDS, places(ben, text, "persimmon"));
      silence.report("assigned data only");
      isOut(ben, text, "persimmon");
      ana.history(text).is(200);
      ana.get("/v1/conversations/" + text).is(200);
      assertThat(ana.search("persimmon").items("messageId")).hasSize(1);
    }
  }

  @Test
  void whoSeesADealReadsItsRoomUntilTheCrmNarrowsIt() {
    Person ana = tenant.person("ana");
    Person cara = tenant.person("cara");
    tellDeal(1, Map.of());
    String room =
        ana.post(
                "/v1/conversations",
                Map.of(
                    "type", "deal_room", "recordRefs", List.of(Map.of("type", "deal", "id", "d1"))))
            .isDone()
            .id();
    ana.send(room, "warmup").is(201);
    await().atMost(COLD).until(() -> cara.search("warmup").items("messageId").size() == 1);
    awaitOld(room);
    Silence silence = new Silence();
    try (Chatter chatter = new Chatter(ana, room, "quince");
        Socket one = cara.connect();
        Socket two = cara.connect()) {
      for (int round = 0; round < Math.min(ROUNDS, 2); round++) {
        tellDeal(2 + 2 * round, Map.of());
        await().atMost(COLD).until(() -> cara.history(room).status() == 200);
        await().atMost(COLD).until(() -> !cara.search("quince").items("messageId").isEmpty());
        look(one, room);
        look(two, room);

        tellDeal(3 + 2 * round, Map.of("visibleTo", List.of("ana")));
        long told = System.nanoTime();
        Map<String, BooleanSupplier> places = places(cara, room, "quince");
        places.put("one socket", new Still(one, room));
        places.put("another socket", new Still(two, room));
        silence.await(told, BINDS, places);
        long quiet = System.nanoTime();
        await().atMost(COLD).until(() -> chatter.askedAfter(quiet).size() >= 5);
        List<String> unseen = chatter.askedAfter(quiet);
        for (Socket socket : List.of(one, two)) {
          barrier(cara, socket);
          assertThat(socket.frames())
              .noneMatch(frame -> unseen.contains(frame.data().path("id").asText()));
        }
        isOut(cara, room, "quince");
      }
    }
    silence.report("deal narrowed");
  }

  /** Opens the room until something of it comes: a node may not know yet that one may. */
  private static void look(Socket socket, String room) {
    int before = socket.framesOf(room).size();
    await()
        .atMost(COLD)
        .until(
            () -> {
              socket.send("{\"type\":\"open\",\"conversationIds\":[\"" + room + "\"]}");
              socket.settle();
              return socket.framesOf(room).size() > before + 1;
            });
  }

  private void tellDeal(int version, Map<String, Object> says) {
    Map<String, Object> record = new LinkedHashMap<>(says);
    record.put("version", version);
    record.put("name", "Launch");
    record.put("ownerId", "ana");
    tenant.admin().put("/v1/crm/records/deal/d1", record).is(202);
  }

  private void comeAndGo(Person ana, String group, Person newcomer, String word) {
    ana.add(group, newcomer, "from_now");
    ana.send(group, word).is(201);
    await().atMost(COLD).until(() -> newcomer.search(word).items("messageId").size() == 1);
    leave(ana, group, newcomer);
    isOut(newcomer, group, word);
  }

  /**
   * 204 says that it is placed; on a slow machine 202 that it will be, then its place is awaited.
   */
  private static void leave(Person ana, String group, Person member) {
    String members = "/v1/conversations/" + group + "/members";
    JsonNode items = ana.get(members + "?limit=200").is(200).json().path("items");
    String id =
        StreamSupport.stream(items.spliterator(), false)
            .filter(item -> item.path("userId").asText().equals(member.id()))
            .findFirst()
            .orElseThrow()
            .path("id")
            .asText();
    if (ana.delete(members + "/" + id).status() != 204) {
      await().atMost(COLD).until(() -> member.history(group).status() == 404);
    }
  }

  private static void isOut(Person person, String conversation, String word) {
    await()
        .atMost(BINDS)
        .pollInterval(Duration.ofMillis(20))
        .until(
            () ->
                person.get("/v1/conversations/" + conversation).status() == 404
                    && person.history(conversation).status() == 404
                    && person.search(word).is(200).items("messageId").isEmpty());
    person.send(conversation, "let me in").isProblem(404, "not_found");
  }

  private static Map<String, BooleanSupplier> places(
      Person person, String conversation, String word) {
    Map<String, BooleanSupplier> places = new LinkedHashMap<>();
    places.put(
        "conversations", () -> person.get("/v1/conversations/" + conversation).status() == 404);
    places.put("messages", () -> person.history(conversation).status() == 404);
    places.put("search", () -> person.search(word).is(200).items("messageId").isEmpty());
    return places;
  }

  /** Whether nothing has come of the conversation since it was asked before. */
  private static final class Still implements BooleanSupplier {
    private final Socket socket;
    private final String conversation;
    private int came;

    Still(Socket socket, String conversation) {
      this.socket = socket;
      this.conversation = conversation;
      this.came = socket.framesOf(conversation).size();
    }

    @Override
    public boolean getAsBoolean() {
      int before = came;
      came = socket.framesOf(conversation).size();
      return came == before;
    }
  }

  /** A young id is waited for before it is refused, so the second could not be measured by it. */
  private static void awaitOld(String conversation) {
    Instant at = Ids.timeOf(UUID.fromString(conversation));
    await().atMost(COLD).until(() -> at.isBefore(Instant.now().minusSeconds(10)));
  }

  /** What the edge had written for this socket by now has arrived: a later message has. */
  private void barrier(Person reader, Socket socket) {
    String later = reader.group("Later", tenant.person("x1"), tenant.person("x2"));
    socket.awaitMessage(reader.send(later, "later").is(201).id());
    socket.settle();
  }

  /** The CRM's record of the user, whole. */
  private void tell(Person person, int version, Map<String, Object> says) {
    Map<String, Object> record = new LinkedHashMap<>();
    record.put("version", version);
    record.put("name", person.id());
    record.put("email", person.email());
    record.put("active", true);
    record.put("roles", List.of("user"));
    record.putAll(says);
    tenant.admin().put("/v1/crm/records/user/" + person.id(), record).is(202);
  }
}
