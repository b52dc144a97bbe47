package dev.parley.notification.email;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.chassis.TimelineLog;
import dev.parley.contracts.Envelope;
import dev.parley.contracts.event.ConversationType;
import dev.parley.contracts.event.PresenceState;
import dev.parley.notification.WithBackEnds;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

/** An edit notifies those whom it mentions anew, and nobody else (product.md §4). */
@QuarkusTest
class EditedTest extends WithBackEnds {
  @Test
  void whomAnEditMentionsIsMailedOnceAndNobodyElse() {
    users("ana", "ben", "cleo");
    TimelineLog channel = channel("ana", "ben", "cleo");
    Envelope said = channel.say("ana", "the plan");
    channel.publish(channel.edit(said, "the better plan"));
    Envelope edit = channel.edit(said, "the plan for ben", "ben", "stranger", "ana");
    channel.publish(edit);
    channel.publish(edit);

    awaitMails("ben", 1);
    assertThat(mails("ben").get(0).get("text").toString())
        .contains("the plan for ben")
        .doesNotContain("the better plan");
    channel.publish(edit);
    channel.publish(channel.edit(said, "reworded again"));
    channel.publish(channel.edit(said, "the plan for cleo, too", "cleo"));
    awaitMails("cleo", 1);
    awaitQuiet();
    assertThat(mails("ben")).hasSize(1);
    assertThat(mails("cleo")).hasSize(1);
    assertThat(mails("ana")).isEmpty();
    assertThat(mails("stranger")).isEmpty();
  }

  @Test
  void inAMailThatWaitsTheMessageStandsOnce() {
    users("ana", "ben");
    TimelineLog group = TimelineLog.create(tenant, ConversationType.GROUP, "Waits", "ana", "ben");
    Envelope said = group.say("ana", "first wording");
    group.publish(group.edit(said, "now for ben", "ben"));
    group.publish(group.edit(said, "now for ben again", "ben"));

    awaitMails("ben", 1);
    awaitQuiet();
    assertThat(mails("ben")).hasSize(1);
    assertThat(mails("ben").get(0).get("text").toString())
        .containsOnlyOnce("now for ben again")
        .doesNotContain("first wording");
  }

  @Test
  void whoHasBeenThereSinceTheMessageButNotSinceTheEditIsAbsent() {
    users("ana", "ben", "cleo");
    TimelineLog channel = channel("ana", "ben", "cleo");
    Envelope said = channel.say("ana", "for later");
    presence("ben", PresenceState.ONLINE);
    presence("cleo", PresenceState.ONLINE);
    presence("ben", PresenceState.OFFLINE);
    channel.publish(channel.edit(said, "for you two", "ben", "cleo"));

    awaitMails("ben", 1);
    awaitQuiet();
    assertThat(mails("cleo")).isEmpty();
  }

  private TimelineLog channel(String... members) {
    return TimelineLog.create(tenant, ConversationType.CHANNEL, "general", members);
  }
}
