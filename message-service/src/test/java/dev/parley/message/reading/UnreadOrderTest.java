package dev.parley.message.reading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.contracts.event.UnreadCount;
import dev.parley.message.Group;
import dev.parley.message.WithBackEnds;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What a person is told of a conversation comes in the order of its versions. */
@QuarkusTest
class UnreadOrderTest extends WithBackEnds {
  private static final int MARKS = 150;

  private final Group group = Group.of("ana", "bo", "cy");
  private final Readers readers = new Readers(group);

  @Test
  void ofManyDevicesAndSendersAtOnceNoOlderCountComesBehindANewerOne() throws Exception {
    group.send("ana", "first", "x").statusCode(201);
    ExecutorService many = Executors.newFixedThreadPool(8);
    for (int i = 0; i < MARKS; i++) {
      int at = i;
      many.execute(() -> readers.read("bo", 1).statusCode(200));
      many.execute(() -> readers.unreadFrom("bo", 1).statusCode(200));
      if (i % 10 == 0) {
        many.execute(() -> group.send("ana", "c" + at, "x").statusCode(201));
        many.execute(() -> readers.read("cy", at).statusCode(200));
      }
    }
    many.shutdown();
    assertThat(many.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
    Readers.State asked = readers.asked("bo");
    assertThat(readers.pushedAt("bo", asked.version()).unread()).isEqualTo(asked.unread());
    List<Long> versions = readers.allPushed("bo").stream().map(UnreadCount::version).toList();
    assertThat(versions).hasSizeGreaterThan(MARKS / 10).isSorted();
  }
}
