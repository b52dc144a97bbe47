package dev.parley.notification.email;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.chassis.BackEnds;
import dev.parley.chassis.TimelineLog;
import dev.parley.contracts.Envelope;
import dev.parley.contracts.Ids;
import dev.parley.contracts.event.ConversationType;
import dev.parley.notification.WithBackEnds;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Claim, send, record: with many nodes at once, a dead one, and no mail server. */
@QuarkusTest
class SendDueMailsTest extends WithBackEnds {
  @Inject SendDueMails send;
  @Inject Mails mails;

  @Test
  void whatSeveralNodesFindDueGoesOnce() {
    users("ana", "ben");
    int count = 30;
    for (int i = 0; i < count; i++) {
      TimelineLog.create(tenant, ConversationType.GROUP, "Room " + i, "ana", "ben")
          .say("ana", "hello " + i);
    }
    awaitRows(count, "select id from mail where tenant = $1");

    // Beside the service's own loop, as other nodes would.
    for (int round = 0; round < 20; round++) {
      List<Uni<Integer>> turns = new ArrayList<>();
      for (int node = 0; node < 4; node++) {
        turns.add(send.turn());
      }
      Uni.combine().all().unis(turns).with(done -> done).await().atMost(Duration.ofSeconds(20));
    }

    awaitMails("ben", count);
    awaitQuiet();
    assertThat(mails("ben")).hasSize(count);
    assertThat(mails("ben").stream().map(mail -> mail.get("subject")).distinct()).hasSize(count);
  }

  @Test
  void aClaimedMailIsNobodyElsesUntilItsLeaseEnds() {
    users("ana", "ben");
    UUID mail = mailInHand("Held", Instant.now().plusSeconds(60));

    send.turn().await().atMost(Duration.ofSeconds(30));

    assertThat(state(mail)).isEqualTo("sending");
    assertThat(mails("ben")).isEmpty();
  }

  @Test
  void whatADeadNodeLeftGoesAfterItsLeaseUnderTheSameId() {
    users("ana", "ben");
    UUID mail = mailInHand("Left", Instant.now());

    awaitMails("ben", 1);
    awaitQuiet();
    assertThat(mails("ben").get(0).get("headers").toString())
        .contains("Message-ID=<" + mail + "@notification.parley>");
    assertThat(state(mail)).isEqualTo("sent");
  }

  @Test
  void aNodeThatComesBackTooLateRecordsNothing() {
    users("ana", "ben");
    UUID mail = mailInHand("Late", Instant.now().plusSeconds(60));
    rows("update mail set attempts = 2 where id = $1", mail);

    mails
        .finish(new Mails.Claim(mail, 1, Instant.now()), "sent", null)
        .await()
        .atMost(Duration.ofSeconds(30));

    assertThat(state(mail)).isEqualTo("sending");
  }

  @Test
  void whileTheMailServerIsAwayMailsWaitAndThenGoOnce() {
    users("ana", "ben");
    BackEnds.command("stop mail");
    try {
      TimelineLog.create(tenant, ConversationType.GROUP, "Later", "ana", "ben")
          .say("ana", "when it is back");
      awaitRows(1, "select id from mail where tenant = $1 and attempts >= 2 and state <> 'sent'");
    } finally {
      BackEnds.command("start mail");
    }

    awaitMails("ben", 1);
    awaitQuiet();
    assertThat(mails("ben")).hasSize(1);
  }

  @Test
  void aMailThatWaitsSaysWhatItsMessagesSayThenAndOfADeletedOneNothing() {
    users("ana", "ben");
    TimelineLog group = TimelineLog.create(tenant, ConversationType.GROUP, "Edits", "ana", "ben");
    TimelineLog alone = TimelineLog.create(tenant, ConversationType.GROUP, "Alone", "ana", "ben");
    Envelope edited = group.say("ana", "first wording");
    Envelope deleted = group.say("ana", "better unsaid");
    Envelope only = alone.say("ana", "gone before it went");
    group.publish(group.edit(edited, "second thoughts"));
    group.publish(group.delete(deleted));
    alone.publish(alone.delete(only));

    awaitMails("ben", 1);
    awaitQuiet();
    assertThat(mails("ben")).hasSize(1);
    assertThat(mails("ben").get(0).get("text").toString())
        .contains("second thoughts")
        .doesNotContain("first wording", "better unsaid");
    awaitRows(1, "select id from mail where tenant = $1 and state = 'cancelled'");
  }

  @Test
  void wordsAreForgottenWithTheLastMailThatWaitsWithThem() {
    users("ana", "ben");
    TimelineLog group = TimelineLog.create(tenant, ConversationType.GROUP, "Gone", "ana", "ben");
    UUID message = UUID.fromString(group.say("ana", "forget this").data().get("id").asText());
    awaitMails("ben", 1);
    awaitQuiet();
    rows("update mail_text set at = at - interval '2 hours' where message_id = $1", message);
    rows("update mail set done_at = done_at - interval '8 days' where tenant = $1", tenant);

    mails.purge().await().atMost(Duration.ofSeconds(30));

    assertThat(rows("select 1 from mail_text where message_id = $1", message)).isEmpty();
    assertThat(rows("select 1 from mail where tenant = $1", tenant)).isEmpty();
  }

  /** A mail that a node has claimed and not recorded, with one message. */
  private UUID mailInHand(String title, Instant leaseEnds) {
    TimelineLog group = TimelineLog.create(tenant, ConversationType.GROUP, title, "ana", "ben");
    awaitRows(1, "select 1 from conversation_copy where tenant = $1 and title = $2", title);
    UUID mail = Ids.next();
    UUID message = Ids.next();
    rows(
        """
        insert into mail_text
          (message_id, seq, author_kind, author_id, author_name, internal, excerpt, at)
        values ($1, 1, 'user', 'ana', 'ana', false, 'left behind', now())
        """,
        message);
    rows(
        """
        with one as (
          insert into mail (id, tenant, kind, person, conversation_id, state, due_at, attempts,
                            created_at)
          values ($1, $2, 'user', 'ben', $3, 'sending', $4, 1, now()) returning id
        )
        insert into mail_message (mail_id, message_id, mentioned) select id, $5, false from one
        """,
        mail,
        tenant,
        group.id(),
        leaseEnds.atOffset(ZoneOffset.UTC),
        message);
    return mail;
  }

  private String state(UUID mail) {
    return rows("select state from mail where id = $1", mail).get(0).getString(0);
  }
}
