package dev.parley.notification.email;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.chassis.TimelineLog;
import dev.parley.contracts.Envelope;
import dev.parley.contracts.event.ConversationType;
import dev.parley.notification.WithBackEnds;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Who came later than a thread's root does not see the thread, and is told nothing of it. */
@QuarkusTest
class RepliesTest extends WithBackEnds {
  private final TimelineLog channel =
      TimelineLog.create(tenant, ConversationType.CHANNEL, "general", "ana", "ben");

  @Test
  void aReplyIsMailedToWhoSeesTheRootAndToNobodyElse() {
    users("ana", "ben", "cleo");
    Envelope root = channel.say("ana", "the root");
    channel.add("cleo", true);
    List<Envelope> reply = channel.reply("ana", root, "a reply", "ben", "cleo");
    reply.forEach(channel::publish);
    awaitMails("ben", 1);
    awaitQuiet();
    assertThat(mails("ben").get(0).get("text").toString()).contains("a reply");
    assertThat(mails("cleo")).isEmpty();
  }

  @Test
  void howeverOftenAndInWhateverOrderItComes() {
    users("ana", "ben", "cleo");
    Envelope root = channel.say("ana", "the root");
    channel.add("cleo", true);
    List<Envelope> first = channel.reply("ana", root, "first reply", "cleo", "ben");
    List<Envelope> second = channel.reply("ana", root, "second reply", "cleo", "ben");
    channel.publish(first.get(1));
    channel.publish(first.get(0));
    first.forEach(channel::publish);
    second.forEach(channel::publish);
    channel.publish(first.get(1));
    channel.publish(second.get(0));
    Envelope later = channel.say("ana", "a root of cleo's time", "cleo");
    channel.reply("ana", later, "its reply", "cleo").forEach(channel::publish);
    await().atMost(SOON).until(() -> texts("cleo").contains("its reply"));
    awaitQuiet();
    assertThat(texts("cleo"))
        .contains("a root of cleo's time")
        .doesNotContain("first reply", "second reply");
    assertThat(texts("ben")).contains("first reply", "second reply");
  }

  private String texts(String person) {
    return mails(person).stream()
        .map(mail -> mail.get("text").toString())
        .collect(Collectors.joining("\n"));
  }
}
