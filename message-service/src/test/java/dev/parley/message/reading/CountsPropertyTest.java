package dev.parley.message.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.anyOf;
import static org.hamcrest.Matchers.is;

import dev.parley.chassis.tx.Tx;
import dev.parley.contracts.Ids;
import dev.parley.contracts.event.ConversationType;
import dev.parley.contracts.event.History;
import dev.parley.contracts.event.UnreadCount;
import dev.parley.message.Group;
import dev.parley.message.WithBackEnds;
import dev.parley.message.reading.Readers.State;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.Duration;
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
 * Whatever people do, what they ask and what they are told is what a recount of the messages gives.
 */
@QuarkusTest
class CountsPropertyTest extends WithBackEnds {
  private static final int STEPS = 60;
  private static final List<String> STAFF = List.of("ana", "bo", "cy");
  private static final String CLIENT = "client:carl";

  /** As product.md §4 says it, one message after the other. */
  private static final String RECOUNT =
      """
      select m.kind, m.subject_id, m.read_seq,
        count(x.id) as unread,
        count(x.id) filter (where x.mentions && array['channel', 'here']
          or m.kind = 'user' and m.subject_id = any(x.mentions)) as mentions,
        (select count(*) from thread_follow f
         join message r on r.tenant = f.tenant and r.id = f.root_id
         join message y on y.tenant = f.tenant and y.thread_root = f.root_id
         where f.tenant = m.tenant and f.conversation_id = m.conversation_id and f.following
           and f.kind = m.kind and f.subject_id = m.subject_id and r.seq >= m.visible_from_seq
           and y.seq > f.read_seq and y.kind = 'user' and y.deleted_at is null
           and (y.author_kind <> m.kind or y.author_id <> m.subject_id)
           and (m.kind = 'user' or y.visibility = 'all')) as replies
      from member m
      left join message x on x.tenant = m.tenant and x.conversation_id = m.conversation_id
        and x.seq > m.read_seq and x.seq >= m.visible_from_seq
        and x.kind = 'user' and x.thread_root is null and x.deleted_at is null
        and (x.author_kind <> m.kind or x.author_id <> m.subject_id)
        and (m.kind = 'user' or x.visibility = 'all')
      where m.tenant = $1 and m.conversation_id = $2 and m.granted
      group by m.tenant, m.conversation_id, m.kind, m.subject_id
      """;

  @Inject Tx tx;

  private final Group group = Group.of(ConversationType.CLIENT_GROUP, "ana", "bo", "cy", CLIENT);
  private final Readers readers = new Readers(group);
  private final Map<String, List<String>> sent = new HashMap<>();
  private final Map<String, Long> versions = new HashMap<>();
  private final List<String> roots = new ArrayList<>();
  private boolean cyIsIn = true;
  private int last;
  private Random random;

  @ParameterizedTest
  @ValueSource(longs = {4, 29})
  void askedAndToldIsTheRecount(long seed) {
    random = new Random(seed);
    for (int step = 1; step <= STEPS; step++) {
      String done = step();
      Map<String, State> recount = recount();
      recount.forEach(
          (who, truth) -> {
            State asked = readers.asked(who);
            assertThat(asked.withoutVersion()).as(done + " as " + who).isEqualTo(truth);
            assertThat(asked.version()).isGreaterThanOrEqualTo(versions.getOrDefault(who, 0L));
            versions.put(who, asked.version());
          });
      if (step % 10 == 0) {
        Awaitility.await()
            .atMost(Duration.ofSeconds(30))
            .untilAsserted(() -> recount.forEach(this::isTold));
      }
    }
  }

  private void isTold(String who, State truth) {
    List<UnreadCount> told = readers.allPushed(who);
    UnreadCount newest =
        told.stream()
            .max((a, b) -> Long.compare(a.version(), b.version()))
            .orElse(new UnreadCount("user", who, 0L, 0, 0, 0, 0, 0));
    assertThat(
            new State(
                newest.unread(), newest.mentions(), newest.threadUnread(), truth.readSeq(), 0))
        .as(who)
        .isEqualTo(truth);
    assertThat(newest.total()).isEqualTo(truth.unread());
  }

  private String step() {
    String who = member();
    switch (random.nextInt(14)) {
      case 0, 1, 2 -> {
        send(who, Map.of());
        return "a message of " + who;
      }
      case 3 -> {
        send(member(), Map.of("mentions", List.of("bo", "cy")));
        return "a mention";
      }
      case 4 -> {
        send(staff(), Map.of("visibility", "internal", "mentions", List.of("here")));
        return "a note to all";
      }
      case 5 -> {
        delete(who);
        return "a deletion of " + who;
      }
      case 6 -> {
        edit(who);
        return "an edit of " + who;
      }
      case 7 -> {
        readers.read(who, random.nextInt(last + 2)).statusCode(200);
        return who + " reads";
      }
      case 8 -> {
        readers.unreadFrom(who, random.nextInt(last + 2)).statusCode(200);
        return who + " marks unread";
      }
      case 9, 10 -> {
        reply(who, who.equals(CLIENT) || random.nextBoolean() ? "all" : "internal");
        return "a reply of " + who;
      }
      case 11 -> {
        readThread(who, random.nextBoolean() ? "read" : "unread-from");
        return who + " marks a thread";
      }
      case 12 -> {
        follow(who);
        return who + " follows or does not";
      }
      default -> {
        comeOrGo();
        return "cy comes or goes";
      }
    }
  }

  private String member() {
    return random.nextInt(4) == 0 ? CLIENT : staff();
  }

  private String staff() {
    return STAFF.get(random.nextInt(cyIsIn ? 3 : 2));
  }

  private void send(String who, Map<String, ?> more) {
    Map<String, Object> body = new LinkedHashMap<>(more);
    body.put("clientMsgId", Ids.next().toString());
    body.put("body", "x");
    var answer = group.send(who, body).statusCode(201).extract();
    last = answer.path("seq");
    sent.computeIfAbsent(who, key -> new ArrayList<>()).add(answer.path("id"));
  }

  /** Refused where the root is a note and the reply is none, or from before cy came. */
  private void reply(String who, String visibility) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("clientMsgId", Ids.next().toString());
    body.put("body", "x");
    body.put("threadRoot", root());
    body.put("visibility", visibility);
    body.put("mentions", random.nextBoolean() ? List.of("ana") : List.of());
    var answer = group.send(who, body).statusCode(anyOf(is(201), is(400), is(422))).extract();
    if (answer.statusCode() == 201) {
      last = answer.path("seq");
      sent.computeIfAbsent(who, key -> new ArrayList<>()).add(answer.path("id"));
    }
  }

  private void readThread(String who, String mark) {
    readers
        .as(who)
        .body(Map.of("seq", random.nextInt(last + 2), "thread", root()))
        .put("/v1/timelines/" + group.id() + "/" + mark)
        .then()
        .statusCode(anyOf(is(200), is(400)));
  }

  private void follow(String who) {
    String path = "/v1/messages/" + root() + "/follow";
    (random.nextBoolean() ? readers.as(who).put(path) : readers.as(who).delete(path))
        .then()
        .statusCode(anyOf(is(204), is(404)));
  }

  /** One of few, so that threads grow. */
  private String root() {
    while (roots.size() < 4) {
      send(staff(), roots.size() == 3 ? Map.of("visibility", "internal") : Map.of());
      roots.add(sent.values().stream().flatMap(List::stream).max(String::compareTo).orElseThrow());
    }
    return roots.get(random.nextInt(roots.size()));
  }

  private void delete(String who) {
    List<String> own = sent.getOrDefault(who, List.of());
    if (!own.isEmpty()) {
      String id = own.remove(random.nextInt(own.size()));
      group.as(who).delete("/v1/messages/" + id).then().statusCode(anyOf(is(204), is(404)));
    }
  }

  private void edit(String who) {
    List<String> own = sent.getOrDefault(who, List.of());
    if (!own.isEmpty()) {
      String id = own.get(random.nextInt(own.size()));
      List<String> mentions = random.nextBoolean() ? List.of("ana") : List.of();
      String version = group.message(who, id).extract().header("ETag");
      if (version == null) {
        return; // cy has come again and does not see it any more
      }
      group
          .as(who)
          .header("If-Match", version)
          .body(Map.of("body", "y" + random.nextInt(), "mentions", mentions))
          .patch("/v1/messages/" + id)
          .then()
          .statusCode(200);
    }
  }

  private void comeOrGo() {
    if (cyIsIn) {
      group.remove("cy");
    } else {
      group.add("cy", random.nextBoolean() ? History.ALL : History.FROM_NOW);
    }
    cyIsIn = !cyIsIn;
  }

  private Map<String, State> recount() {
    Map<String, State> truth = new LinkedHashMap<>();
    for (Row row :
        tx.ofAllTenants()
            .read(RECOUNT, Tuple.of(group.tenant(), group.id()))
            .await()
            .atMost(Duration.ofSeconds(30))) {
      String id = row.getString("subject_id");
      truth.put(
          row.getString("kind").equals("client") ? "client:" + id : id,
          new State(
              row.getLong("unread"),
              row.getLong("mentions"),
              row.getLong("replies"),
              row.getLong("read_seq"),
              0));
    }
    return truth;
  }
}
