package dev.parley.message.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.anyOf;
import static org.hamcrest.Matchers.is;

import dev.parley.chassis.Wire;
import dev.parley.chassis.tx.Tx;
import dev.parley.contracts.Envelope;
import dev.parley.contracts.EventType;
import dev.parley.contracts.Ids;
import dev.parley.contracts.Recipient;
import dev.parley.contracts.Topics;
import dev.parley.contracts.event.ConversationType;
import dev.parley.contracts.event.History;
import dev.parley.contracts.event.Posting;
import dev.parley.contracts.event.PreferencesUpdated;
import dev.parley.message.Group;
import dev.parley.message.Told;
import dev.parley.message.WithBackEnds;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.awaitility.Awaitility;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever people do, in whichever of their conversations: after each step what they are told, what
 * they are answered and what a recount of the messages gives are the same.
 */
@QuarkusTest
class CountsPropertyTest extends WithBackEnds {
  private static final int STEPS = 40;
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final Instant LATER = Instant.parse("2040-01-01T08:00:00.000Z");
  private static final String CLIENT = "client:";
  private static final String CARL = CLIENT + "carl";

  /** Has the id of a user, whom mentions mean. */
  private static final String OTHER_BO = CLIENT + "bo";

  private static final List<String> PEOPLE = List.of("ana", "bo", "cy", CARL, OTHER_BO);

  @Inject Tx tx;

  private final List<Place> places = new ArrayList<>();
  private final Map<String, Long> versions = new HashMap<>();
  private final Map<String, Long> preferences = new HashMap<>();
  private Truth truth;
  private Random random;

  /** A conversation and what was said there. */
  private static final class Place {
    private final Group group;
    private final List<String> in;
    private final Map<String, List<String>> sent = new HashMap<>();
    private final List<String> roots = new ArrayList<>();
    private int last;

    Place(Group group, String... members) {
      this.group = group;
      this.in = new ArrayList<>(List.of(members));
    }

    boolean hasNotes() {
      return group.type().isCustomer();
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {4, 29})
  void toldAskedAndRecountedAreTheSameAfterEachStep(long seed) {
    random = new Random(seed);
    place(ConversationType.CLIENT_GROUP, "ana", "bo", "cy", CARL, OTHER_BO);
    place(ConversationType.GROUP, "ana", "bo", "cy");
    place(ConversationType.DIRECT, "ana", "bo");
    place(ConversationType.CHANNEL, "bo", "ana", "cy");
    Told.users(places.get(0).group.tenant(), "cy");
    truth = new Truth(tx, places.get(0).group);
    for (int step = 1; step <= STEPS; step++) {
      String done = step + ": " + step(places.get(random.nextInt(places.size())));
      Map<String, Truth.Of> recount = truth.recount(PEOPLE);
      recount.forEach(
          (who, counts) -> {
            Truth.Of asked = truth.asked(who);
            assertThat(asked.withoutVersion()).as(done + ", asked by " + who).isEqualTo(counts);
            assertThat(asked.version()).isGreaterThanOrEqualTo(versions.getOrDefault(who, 0L));
            versions.put(who, asked.version());
          });
      recount.forEach(
          (who, counts) ->
              Awaitility.await(done + ", told to " + who)
                  .atMost(SOON)
                  .pollInterval(Duration.ofMillis(25))
                  .untilAsserted(() -> assertThat(truth.told(who)).isEqualTo(counts)));
    }
  }

  private void place(ConversationType type, String... members) {
    String tenant = places.isEmpty() ? "t" + Ids.next() : places.get(0).group.tenant();
    places.add(new Place(Group.create(tenant, type, Posting.ALL, members), members));
  }

  private String step(Place at) {
    String who = at.in.get(random.nextInt(at.in.size()));
    String where = " in " + at.group.type().wire();
    switch (random.nextInt(18)) {
      case 0, 1, 2, 3 -> {
        send(at, who, Map.of());
        return "a message of " + who + where;
      }
      case 4 -> {
        send(at, who, Map.of("mentions", List.of("bo", at.hasNotes() ? "carl" : "cy")));
        return "a mention" + where;
      }
      case 5 -> {
        send(at, at.in.get(0), at.hasNotes() ? note("here") : Map.of("mentions", List.of("here")));
        return "a note or a word to all" + where;
      }
      case 6 -> {
        delete(at, who);
        return "a deletion of " + who + where;
      }
      case 7 -> {
        edit(at, who);
        return "an edit of " + who + where;
      }
      case 8, 9 -> {
        mark(at, who, "read", null);
        return who + " reads" + where;
      }
      case 10 -> {
        mark(at, who, "unread-from", null);
        return who + " marks unread" + where;
      }
      case 11, 12 -> {
        reply(at, who);
        return "a reply of " + who + where;
      }
      case 13 -> {
        mark(at, who, random.nextBoolean() ? "read" : "unread-from", root(at));
        return who + " marks a thread" + where;
      }
      case 14 -> {
        follow(at, who);
        return who + " follows or does not" + where;
      }
      case 15 -> {
        boolean muted = !truth.isMuted(who, at.group.id());
        truth.mute(who, at.group.id(), muted);
        prefer(at, who);
        return who + (muted ? " mutes" : " mutes no more") + where;
      }
      case 16 -> {
        Long seq = who.startsWith(CLIENT) || random.nextInt(3) == 0 ? null : (long) at.last;
        truth.hide(who, at.group.id(), seq);
        prefer(at, who);
        return who + " hides or shows" + where;
      }
      default -> {
        comeOrGo(at);
        return "cy comes or goes" + where;
      }
    }
  }

  private static Map<String, ?> note(String mention) {
    return Map.of("visibility", "internal", "mentions", List.of(mention));
  }

  private void send(Place at, String who, Map<String, ?> more) {
    var answer = at.group.send(who, message(more)).statusCode(201).extract();
    at.last = answer.path("seq");
    at.sent.computeIfAbsent(who, key -> new ArrayList<>()).add(answer.path("id"));
  }

  private static Map<String, Object> message(Map<String, ?> more) {
    Map<String, Object> body = new LinkedHashMap<>(more);
    body.put("clientMsgId", Ids.next().toString());
    body.put("body", "x");
    return body;
  }

  /** Refused where the root is a note and the reply is none, was deleted, or is from before cy. */
  private void reply(Place at, String who) {
    boolean note = at.hasNotes() && !who.startsWith(CLIENT) && random.nextBoolean();
    Map<String, Object> body =
        message(
            Map.of(
                "threadRoot",
                root(at),
                "visibility",
                note ? "internal" : "all",
                "mentions",
                random.nextBoolean() ? List.of(at.hasNotes() ? "carl" : "ana") : List.of()));
    var answer =
        at.group.send(who, body).statusCode(anyOf(is(201), is(400), is(404), is(422))).extract();
    if (answer.statusCode() == 201) {
      at.last = answer.path("seq");
      at.sent.computeIfAbsent(who, key -> new ArrayList<>()).add(answer.path("id"));
    }
  }

  private void mark(Place at, String who, String mark, String thread) {
    Map<String, Object> body = new HashMap<>(Map.of("seq", random.nextInt(at.last + 2)));
    if (thread != null) {
      body.put("thread", thread);
    }
    at.group
        .as(who)
        .body(body)
        .put("/v1/timelines/" + at.group.id() + "/" + mark)
        .then()
        .statusCode(thread == null ? is(200) : anyOf(is(200), is(400)));
  }

  private void follow(Place at, String who) {
    String path = "/v1/messages/" + root(at) + "/follow";
    (random.nextBoolean() ? at.group.as(who).put(path) : at.group.as(who).delete(path))
        .then()
        .statusCode(anyOf(is(204), is(404)));
  }

  /** One of few, so that threads grow; a note among them where there are notes. */
  private String root(Place at) {
    while (at.roots.size() < 3) {
      String who = at.in.get(0);
      send(at, who, at.roots.size() == 2 && at.hasNotes() ? note("bo") : Map.of());
      List<String> sent = at.sent.get(who);
      at.roots.add(sent.get(sent.size() - 1));
    }
    return at.roots.get(random.nextInt(at.roots.size()));
  }

  private void delete(Place at, String who) {
    List<String> own = at.sent.getOrDefault(who, List.of());
    if (!own.isEmpty()) {
      String id = own.remove(random.nextInt(own.size()));
      at.group.as(who).delete("/v1/messages/" + id).then().statusCode(anyOf(is(204), is(404)));
    }
  }

  private void edit(Place at, String who) {
    List<String> own = at.sent.getOrDefault(who, List.of());
    if (own.isEmpty()) {
      return;
    }
    String id = own.get(random.nextInt(own.size()));
    String version = at.group.message(who, id).extract().header("ETag");
    if (version == null) {
      return; // cy has come again and does not see it any more
    }
    List<String> mentions =
        random.nextBoolean() ? List.of(at.hasNotes() ? "carl" : "ana") : List.of();
    at.group
        .as(who)
        .header("If-Match", version)
        .body(Map.of("body", "y" + random.nextInt(), "mentions", mentions))
        .patch("/v1/messages/" + id)
        .then()
        .statusCode(200);
  }

  private void comeOrGo(Place at) {
    if (at.group.type() == ConversationType.DIRECT) {
      return;
    }
    if (at.in.remove("cy")) {
      at.group.remove("cy");
    } else {
      at.in.add("cy");
      at.group.add("cy", random.nextBoolean() ? History.ALL : History.FROM_NOW);
    }
  }

  /** Tells of what somebody keeps, as conversation-service does, and waits until it is known. */
  private void prefer(Place at, String who) {
    String key = who + at.group.id();
    long version = preferences.merge(key, 1L, Long::sum);
    Long hidden = truth.hidden(who, at.group.id());
    boolean client = who.startsWith(CLIENT);
    Recipient person =
        new Recipient(client ? "client" : "user", client ? who.substring(CLIENT.length()) : who);
    Envelope event =
        at.group.event(
            EventType.PREFERENCES_UPDATED,
            new PreferencesUpdated(
                false,
                hidden != null,
                hidden,
                version,
                null,
                truth.isMuted(who, at.group.id()) ? LATER : null));
    Wire.publish(Topics.CONVERSATION_PERSONAL, event.to(List.of(person)));
    Awaitility.await().atMost(SOON).until(() -> isKnown(at, person, version));
  }

  private boolean isKnown(Place at, Recipient person, long version) {
    return tx.ofAllTenants()
            .read(
                "select from member where tenant = $1 and conversation_id = $2 and kind = $3"
                    + " and subject_id = $4 and hidden_version = $5",
                Tuple.of(at.group.tenant(), at.group.id(), person.kind(), person.id(), version))
            .await()
            .atMost(SOON)
            .size()
        == 1;
  }
}
