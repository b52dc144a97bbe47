package dev.parley.message.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.is;

import dev.parley.chassis.Wire;
import dev.parley.contracts.EventType;
import dev.parley.contracts.Recipient;
import dev.parley.contracts.Topics;
import dev.parley.contracts.event.ConversationType;
import dev.parley.contracts.event.Message;
import dev.parley.contracts.event.Posting;
import dev.parley.contracts.event.PreferencesUpdated;
import dev.parley.contracts.event.UnreadCount;
import dev.parley.message.Group;
import dev.parley.message.WithBackEnds;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The total leaves out what one has hidden (product.md §4). */
@QuarkusTest
class HiddenTest extends WithBackEnds {
  private static final Duration SOON = Duration.ofSeconds(30);

  private final Group group = Group.of("ana", "bo");
  private final Group other =
      Group.create(group.tenant(), ConversationType.GROUP, Posting.ALL, "ana", "bo");
  private final Readers readers = new Readers(group);

  @Test
  void whatIsHiddenIsInNoTotalUntilSomethingIsSaidThere() {
    group.said("ana", "one");
    other.said("ana", "two");
    total("bo", 2);
    hide("bo", 1L, 2);
    total("bo", 1);
    Readers.State asked = readers.asked("bo");
    assertThat(asked.unread()).isEqualTo(1);
    UnreadCount told = readers.pushedAt("bo", asked.version());
    assertThat(told.total()).isEqualTo(1);
    assertThat(told.unread()).isEqualTo(1);
    readers.unread("ana").body("total", is(0));

    // A pill brings nothing back.
    Wire.publish(
        Topics.CONVERSATION,
        group.event(
            EventType.PILL_REQUESTED,
            new Message.Pill("conversation_closed", Map.of("by", "ana"))));
    group.log(3);
    total("bo", 1);

    // What was told before it comes late.
    hide("bo", null, 1);
    other.said("ana", "three");
    total("bo", 2);

    group.said("ana", "four");
    total("bo", 4);
    hide("bo", 3L, 3);
    total("bo", 2);
    hide("bo", null, 4);
    total("bo", 4);
  }

  @Test
  void whoTakesNoPartHidesNothing() {
    group.said("ana", "one");
    hide("cy", 1L, 1);
    hide("bo", 1L, 1);
    total("bo", 0);
    readers.unread("cy").body("total", is(0));
  }

  private void total(String user, int expected) {
    await().atMost(SOON).untilAsserted(() -> readers.unread(user).body("total", is(expected)));
  }

  private void hide(String user, Long seq, long version) {
    Wire.publish(
        Topics.CONVERSATION_PERSONAL,
        group
            .event(
                EventType.PREFERENCES_UPDATED,
                new PreferencesUpdated(false, seq != null, seq, version, null, null))
            .to(List.of(Recipient.user(user))));
  }
}
