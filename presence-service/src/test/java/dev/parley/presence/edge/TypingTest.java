package dev.parley.presence.edge;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.chassis.CrmRecords;
import dev.parley.chassis.Tokens;
import dev.parley.chassis.Wire;
import dev.parley.chassis.tx.Tx;
import dev.parley.contracts.Actor;
import dev.parley.contracts.Envelope;
import dev.parley.contracts.EventType;
import dev.parley.contracts.Ids;
import dev.parley.contracts.Topics;
import dev.parley.contracts.event.Typing;
import dev.parley.contracts.event.Visibility;
import dev.parley.presence.Device;
import dev.parley.presence.ServiceTest;
import dev.parley.presence.Timeline;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Whom typing reaches and when it is over, whatever overtakes it (product.md §7, Typing). */
@QuarkusTest
class TypingTest extends ServiceTest {
  private static final String STARTED = "typing.started";
  private static final int ATTEMPTS = 10;

  @Inject Tx tx;

  @Test
  void inWhatIsNotKnownYetItIsTakenAsSoonAsItIs() {
    try (Device ana = Device.of(tenant, "ana");
        Device ben = Device.of(tenant, "ben")) {
      // More than once: the log may take longer than the socket waits for it.
      assertThat(IntStream.range(0, ATTEMPTS).anyMatch(n -> isTakenBeforeTheLogHasIt(ana, ben)))
          .isTrue();
    }
  }

  /** The socket speaks first, as it may after the answer to a POST. */
  private boolean isTakenBeforeTheLogHasIt(Device ana, Device ben) {
    int errors = ana.frames("error").size();
    Timeline group = Timeline.of(tenant, "ben");
    ana.send(typing(group, null));
    ana.pong();
    group.add("ana", true);
    Awaitility.await()
        .atMost(SOON)
        .until(() -> !ben.frames(STARTED).isEmpty() || ana.frames("error").size() > errors);
    return ana.frames("error").size() == errors;
  }

  @Test
  void inTheThreadOfANoteNoClientHearsOfIt() {
    Timeline channel = Timeline.withClient(tenant, "ana", "carl");
    channel.add("ben", true);
    Envelope note = channel.message("ana", "between us", Visibility.INTERNAL);
    UUID root = UUID.fromString(note.data().path("id").asText());
    String client = Tokens.of(tenant, "carl", Map.of("roles", "client"));
    try (Device ana = Device.of(tenant, "ana");
        Device ben = Device.of(tenant, "ben");
        Device carl = Device.open(client, null)) {
      ana.send(typing(channel, root));
      assertThat(thread(ben.await(STARTED))).isEqualTo(root.toString());
      // One key, one order: what is said afterwards comes afterwards.
      ana.send(typing(channel, null));
      assertThat(carl.await(STARTED).path("data").has("thread")).isFalse();
      channel.message("ana", "Good morning");
      Awaitility.await().atMost(SOON).until(() -> ben.frames("typing.stopped").size() == 2);
      carl.await("typing.stopped");
      carl.send(typing(channel, root));
      assertThat(thread(ana.await(STARTED))).isEqualTo(root.toString());
      carl.pong();
      assertThat(carl.texts()).noneMatch(text -> text.contains(root.toString()));
      assertThat(carl.frames("typing.stopped")).hasSize(1);
    }
  }

  @Test
  void inAThreadWhoCameLaterDoesNotHearOfIt() {
    Timeline group = Timeline.of(tenant, "ana", "ben");
    group.message("ana", "before dan");
    group.add("dan", false);
    UUID root = Ids.next();
    try (Device ana = Device.of(tenant, "ana");
        Device ben = Device.of(tenant, "ben");
        Device dan = Device.of(tenant, "dan")) {
      ana.send(typing(group, root));
      assertThat(thread(ben.await(STARTED))).isEqualTo(root.toString());
      ana.send(typing(group, null));
      assertThat(thread(dan.await(STARTED))).isEmpty();
      assertThat(dan.frames(STARTED)).hasSize(1);
    }
  }

  @Test
  void whatWasTypedBeforeOnesMessageOrLeavingIsNotToldBehindIt() {
    Timeline group = Timeline.of(tenant, "ana", "ben", "cleo", "dan");
    try (Device ben = Device.of(tenant, "ben")) {
      Envelope sent = group.message("ana", "done");
      Envelope left = group.remove("cleo");
      group.message("ben", "gone");
      ben.awaitBody("gone");
      started(group, "ana", sent.at());
      started(group, "cleo", left.at());
      started(group, "dan", sent.at());
      started(group, "ana", sent.at().plusMillis(1));
      Awaitility.await().atMost(SOON).until(() -> ben.frames(STARTED).size() >= 2);
      assertThat(ben.frames(STARTED))
          .extracting(frame -> frame.at("/data/userId").asText())
          .containsExactly("dan", "ana");
    }
  }

  @Test
  void whoHasSentAndTypesOnIsSeenAgain() {
    Timeline group = Timeline.of(tenant, "ana", "ben");
    try (Device ana = Device.of(tenant, "ana");
        Device ben = Device.of(tenant, "ben")) {
      ana.send(typing(group, null));
      ben.await(STARTED);
      group.message("ana", "first");
      ana.awaitBody("first");
      ana.send(typing(group, null));
      Awaitility.await().atMost(SOON).until(() -> ben.frames(STARTED).size() == 2);
    }
  }

  @Test
  void aClientIsCalledAsTheCrmCallsThemAndByTheTokenWhereItHasToldNone() {
    CrmRecords crm = new CrmRecords(tenant);
    crm.tell("contact", "carl", 1, Map.of("name", "Carl of Acme", "client", true));
    Awaitility.await().atMost(SOON).until(() -> isKnown("carl"));
    Timeline carls = Timeline.withClient(tenant, "ana", "carl");
    Timeline cleos = Timeline.withClient(tenant, "ana", "cleo");
    try (Device ana = Device.of(tenant, "ana");
        Device carl = Device.open(client("carl"), null);
        Device cleo = Device.open(client("cleo"), null)) {
      carl.send(typing(carls, null));
      ana.await(STARTED);
      cleo.send(typing(cleos, null));
      Awaitility.await().atMost(SOON).until(() -> ana.frames(STARTED).size() == 2);
      for (String where : List.of("/data/displayName", "/actor/name")) {
        assertThat(ana.frames(STARTED))
            .extracting(frame -> frame.at(where).asText())
            .containsExactly("Carl of Acme", "cleo of the token");
      }
    }
  }

  private String client(String id) {
    return Tokens.of(tenant, id, Map.of("roles", "client", "name", id + " of the token"));
  }

  private boolean isKnown(String contact) {
    return tx.in(tenant)
            .read(
                "select from record_copy where tenant = $1 and type = 'contact' and id = $2",
                Tuple.of(tenant, contact))
            .await()
            .atMost(SOON)
            .size()
        == 1;
  }

  private void started(Timeline timeline, String user, Instant at) {
    Actor actor = new Actor(user, "user", user, null);
    Wire.publish(
        Topics.TYPING,
        Envelope.of(
            EventType.TYPING_STARTED,
            tenant,
            timeline.id,
            actor,
            at,
            new Typing(user, user, null)));
  }

  private static String thread(JsonNode typing) {
    return typing.at("/data/thread").asText();
  }

  private static String typing(Timeline timeline, UUID thread) {
    String in = thread == null ? "" : ",\"thread\":\"" + thread + "\"";
    return "{\"type\":\"typing\",\"conversationId\":\"" + timeline.id + "\"" + in + "}";
  }
}
