package dev.parley.message.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import dev.parley.chassis.Wire;
import dev.parley.contracts.Envelope;
import dev.parley.contracts.EventType;
import dev.parley.contracts.Ids;
import dev.parley.contracts.Recipient;
import dev.parley.contracts.Topics;
import dev.parley.contracts.event.History;
import dev.parley.contracts.event.ReadUpdated;
import dev.parley.message.Group;
import dev.parley.message.WithBackEnds;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Who came later has nothing unread of what was said before, and has not read it by that. */
@QuarkusTest
class NewcomersReceiptsTest extends WithBackEnds {
  private static final Duration SOON = Duration.ofSeconds(30);

  private final Group group = Group.of("ana", "bo");
  private final Readers readers = new Readers(group);

  @Test
  void whoCameLaterHasReadNothingUntilTheyDo() {
    send(2);
    group.add("cy", History.ALL);
    group.add("dan", History.FROM_NOW);
    readers
        .cursors("bo")
        .body("items.userId", is(List.of("ana", "bo", "cy", "dan")))
        .body("items.readSeq", is(List.of(2, 0, 0, 0)))
        .body("items[0].at", notNullValue())
        .body("items[2].at", nullValue())
        .body("items[3].at", nullValue());
    for (String newcomer : List.of("cy", "dan")) {
      assertThat(readers.asked(newcomer).withoutVersion()).isEqualTo(Readers.State.of(0, 0, 2));
      readers.read(newcomer, 2).statusCode(200).body("readSeq", is(2)).body("unread", is(0));
    }
    // Only who sees what was said before can have read it.
    readers
        .cursors("bo")
        .body("items.readSeq", is(List.of(2, 0, 2, 0)))
        .body("items[2].at", notNullValue())
        .body("items[3].at", nullValue());
    String at = readers.cursors("bo").extract().path("items[2].at");
    readers.read("cy", 2).statusCode(200);
    readers.cursors("bo").body("items[2].at", is(at));
    send(1);
    readers.read("dan", 3).statusCode(200).body("readSeq", is(3));
    readers.cursors("bo").body("items.readSeq", is(List.of(3, 0, 2, 3)));
    assertThat(told(2)).containsExactly(of("cy", 2), of("dan", 3));
  }

  @Test
  void whoMarksUnreadWhatTheyNeverReadHasReadWhatTheyReadAfterwards() {
    send(4);
    group.add("cy", History.ALL);
    readers.unreadFrom("cy", 2).body("readSeq", is(1)).body("unread", is(3));
    readers.cursors("bo").body("items.readSeq", is(List.of(4, 0, 0)));
    readers.read("cy", 3).body("readSeq", is(3)).body("unread", is(1));
    readers.cursors("bo").body("items.readSeq", is(List.of(4, 0, 3)));
    readers.unreadFrom("cy", 1).body("readSeq", is(0)).body("unread", is(4));
    readers.cursors("bo").body("items.readSeq", is(List.of(4, 0, 3)));
    assertThat(told(1)).containsExactly(of("cy", 3));
  }

  @Test
  void whoSaysSomethingHasReadUpToThere() {
    send(2);
    group.add("dan", History.FROM_NOW);
    group.said("dan", "Hello");
    readers.cursors("bo").body("items.readSeq", is(List.of(2, 0, 3)));
  }

  @Test
  void newcomersAreNotAmongTheReadersOfALargeConversation() {
    String[] many = IntStream.range(0, 50).mapToObj(i -> "u" + i).toArray(String[]::new);
    Group large = Group.of(many);
    Readers reading = new Readers(large);
    large.said("u0", "Hello");
    large.add("late", History.ALL);
    large.add("later", History.FROM_NOW);
    reading.cursors("u1").body("count", is(1));
    reading.read("u1", 1).statusCode(200);
    reading.read("late", 1).statusCode(200);
    reading.read("later", 1).statusCode(200);
    reading.cursors("u1").body("count", is(3));
  }

  @Test
  void whatIsReadOfAThreadIsToldToWhoSeesItsRootAlone() {
    String root = group.said("ana", "Hello");
    Map<String, ?> reply = Map.of("clientMsgId", "r", "body", "Hi", "threadRoot", root);
    group.send("bo", reply).statusCode(201);
    group.add("cy", History.ALL);
    group.add("dan", History.FROM_NOW);
    readers.read("ana", Map.of("seq", 2, "thread", root)).statusCode(200);
    readers.read("bo", 1).statusCode(200);
    assertThat(receipts(2))
        .extracting(event -> event.to().stream().map(Recipient::id).toList())
        .containsExactly(List.of("ana", "bo", "cy"), List.of("ana", "bo", "cy", "dan"));
  }

  private static ReadUpdated of(String user, long seq) {
    return new ReadUpdated(user, seq, null);
  }

  private List<ReadUpdated> told(int count) {
    return receipts(count).stream().map(event -> event.data(ReadUpdated.class)).toList();
  }

  private List<Envelope> receipts(int count) {
    return Wire.await(
        Topics.MESSAGE_PERSONAL,
        count,
        SOON,
        event ->
            EventType.READ_UPDATED.equals(event.type())
                && group.id().equals(event.conversationId()));
  }

  private void send(int count) {
    for (int i = 0; i < count; i++) {
      group.send("ana", Ids.next().toString(), "Hello").statusCode(201);
    }
  }
}
