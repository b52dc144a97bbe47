package dev.parley.notification.email;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.chassis.TimelineLog;
import dev.parley.contracts.Envelope;
import dev.parley.contracts.event.ConversationType;
import dev.parley.contracts.event.PresenceState;
import dev.parley.contracts.event.Visibility;
import dev.parley.notification.WithBackEnds;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Who gets an e-mail: the absent, once, of what they may see. */
@QuarkusTest
class AbsentTest extends WithBackEnds {
  @Test
  void theAbsentGetOneMailAndNobodyElseDoes() {
    users("ana", "ben", "cleo", "stranger");
    presence("cleo", PresenceState.ONLINE);
    presence("ben", PresenceState.OFFLINE);
    TimelineLog group = group("Launch plan", "ana", "ben", "cleo");

    Envelope said = group.say("ana", "Shall we <b>ship</b> it?");

    awaitMails("ben", 1);
    Map<String, Object> mail = mails("ben").get(0);
    assertThat(mail.get("subject")).isEqualTo("ana in Launch plan");
    assertThat(mail.get("from").toString()).contains("no-reply@parley.example");
    assertThat(mail.get("text").toString())
        .contains("Shall we <b>ship</b> it?")
        .contains("/conversations/" + group.id() + "?message=" + said.data().get("id").asText());
    assertThat(mail.get("html").toString())
        .contains("Shall we &lt;b&gt;ship&lt;/b&gt; it?")
        .doesNotContain("<b>ship</b>");
    assertThat(mail.get("headers").toString())
        .contains("Auto-Submitted=auto-generated", "References=<" + group.id() + "@");
    awaitQuiet();
    assertThat(mails("ben")).hasSize(1);
    assertThat(mails("ana")).isEmpty();
    assertThat(mails("cleo")).isEmpty();
    assertThat(mails("stranger")).isEmpty();
  }

  @Test
  void aBurstIsOneMailInItsOrder() {
    users("ana", "ben");
    TimelineLog group = group("Burst", "ana", "ben");
    for (int i = 1; i <= 5; i++) {
      group.say("ana", "line " + i);
    }

    awaitMails("ben", 1);
    awaitQuiet();
    assertThat(mails("ben")).hasSize(1);
    assertThat(mails("ben").get(0).get("subject")).isEqualTo("5 new messages in Burst");
    assertThat(mails("ben").get(0).get("text").toString())
        .containsSubsequence("line 1", "line 2", "line 3", "line 4", "line 5");
  }

  @Test
  void twoConversationsAreTwoMailsAndALaterMessageAnother() {
    users("ana", "ben");
    TimelineLog one = group("One", "ana", "ben");
    TimelineLog two = group("Two", "ana", "ben");
    one.say("ana", "in one");
    two.say("ana", "in two");
    awaitMails("ben", 2);

    one.say("ana", "in one again");

    awaitMails("ben", 3);
    assertThat(mails("ben").get(2).get("text").toString())
        .contains("in one again")
        .doesNotContain("in two");
  }

  @Test
  void aRepeatedRecordMakesNoSecondMail() {
    users("ana", "ben");
    TimelineLog group = group("Twice", "ana", "ben");
    Envelope said = group.say("ana", "only once");
    group.publish(said);
    awaitMails("ben", 1);

    group.publish(said);
    TimelineLog other = group("Barrier", "ana", "ben");
    other.say("ana", "barrier");

    awaitMails("ben", 2);
    awaitQuiet();
    assertThat(mails("ben")).hasSize(2);
    assertThat(mails("ben").get(0).get("text").toString()).containsOnlyOnce("only once");
  }

  @Test
  void whoComesOnlineBeforeItIsDueGetsNone() {
    users("ana", "ben", "cleo");
    TimelineLog group = group("Coming", "ana", "ben", "cleo");
    group.say("ana", "are you there");
    awaitRows(2, "select id from mail where tenant = $1 and state = 'waiting'");

    presence("ben", PresenceState.ONLINE);
    presence("ben", PresenceState.OFFLINE);

    awaitMails("cleo", 1);
    awaitQuiet();
    assertThat(mails("ben")).isEmpty();
    assertThat(
            rows("select reason from mail where tenant = $1 and state = 'cancelled'", tenant)
                .get(0)
                .getString(0))
        .isEqualTo("present");
  }

  @Test
  void whoIsAwayIsAbsentAndWhoIsNotToBeDisturbedIsThere() {
    users("ana", "ben", "cleo");
    presence("ben", PresenceState.ONLINE);
    presence("ben", PresenceState.AWAY);
    presence("cleo", PresenceState.DND);
    group("Away", "ana", "ben", "cleo").say("ana", "hello");

    awaitMails("ben", 1);
    awaitQuiet();
    assertThat(mails("cleo")).isEmpty();
  }

  @Test
  void whatIsHiddenIsNotMailed() {
    users("ana", "ben", "cleo");
    TimelineLog group = group("Hidden", "ana", "cleo");
    group.say("ana", "before ben");
    group.add("ben", true);
    group.say("ana", "after ben");
    group.say("ana", "cleo leaves");
    group.remove("cleo");

    awaitMails("ben", 1);
    awaitQuiet();
    assertThat(mails("ben").get(0).get("text").toString())
        .contains("after ben")
        .doesNotContain("before ben");
    assertThat(mails("cleo")).isEmpty();
  }

  @Test
  void clientsAreMailedButNeverOfInternalNotes() {
    users("ana", "ben");
    person("contact", "carla", 1, Map.of("email", address("carla"), "client", true));
    awaitRows(1, "select id from person_copy where tenant = $1 and kind = 'client'");
    TimelineLog log =
        TimelineLog.create(tenant, ConversationType.CLIENT, null, "ana", "ben", "client:carla");
    log.note("ana", "do not tell her");
    log.say("ana", "your order is ready");

    awaitMails("carla", 1);
    awaitMails("ben", 1);
    assertThat(mails("carla").get(0).get("text").toString())
        .contains("your order is ready")
        .doesNotContain("do not tell her");
    assertThat(mails("carla").get(0).get("subject")).isEqualTo("Message from ana");
    assertThat(mails("ben").get(0).get("text").toString()).contains("do not tell her");
  }

  @Test
  void theHolderOfTheNumberIsMailedOfATextThatCame() {
    users("ana");
    TimelineLog sms =
        TimelineLog.create(tenant, ConversationType.SMS, null, "ana", "phone:+15550001");
    sms.say("phone:+15550001", "is it ready");

    awaitMails("ana", 1);
    assertThat(mails("ana").get(0).get("subject")).isEqualTo("Message from +15550001");
  }

  @Test
  void inAChannelOnlyTheMentionedAreMailed() {
    users("ana", "ben", "cleo", "dee");
    as("dee")
        .contentType("application/json")
        .body("{\"default\": \"all\"}")
        .put("/v1/notification-preferences")
        .then()
        .statusCode(200);
    TimelineLog channel =
        TimelineLog.create(
            tenant, ConversationType.CHANNEL, "general", "ana", "ben", "cleo", "dee");
    channel.say("ana", "for everybody");
    channel.say("ana", "for you", "ben", "stranger");

    awaitMails("ben", 1);
    awaitMails("dee", 1);
    awaitQuiet();
    assertThat(mails("ben").get(0).get("text").toString())
        .contains("for you")
        .doesNotContain("for everybody");
    assertThat(mails("dee").get(0).get("text").toString()).contains("for everybody", "for you");
    assertThat(mails("cleo")).isEmpty();
    assertThat(mails("stranger")).isEmpty();
  }

  @Test
  void aMentionOfTheWholeChannelReachesItsMembers() {
    users("ana", "ben", "cleo");
    TimelineLog channel =
        TimelineLog.create(tenant, ConversationType.CHANNEL, "all-hands", "ana", "ben", "cleo");
    channel.say("ana", "attention please", "channel");

    awaitMails("ben", 1);
    awaitMails("cleo", 1);
    assertThat(mails("ana")).isEmpty();
  }

  @Test
  void withoutAddressOrInactiveThereIsNoMail() {
    users("ana", "ben", "cleo");
    person("user", "ben", 2, Map.of("email", address("ben"), "active", false));
    person("user", "cleo", 2, Map.of("email", "x@y.example\r\nBcc: " + address("ana")));
    awaitRows(3, "select id from person_copy where tenant = $1 and (version = 2 or id = 'ana')");
    group("Nobody", "ana", "ben", "cleo", "unknown").say("ana", "anybody there");
    awaitRows(3, "select id from mail where tenant = $1 and state = 'cancelled'");

    assertThat(mails("ben")).isEmpty();
    assertThat(mails("ana")).isEmpty();
  }

  @Test
  void anOldMessageOfBeforeOnesLastVisitIsNoReason() {
    users("ana", "ben");
    presence("ben", PresenceState.ONLINE);
    presence("ben", PresenceState.OFFLINE);
    TimelineLog group = group("Old", "ana", "ben");
    group.publish(
        group.message("ana", "long ago", Visibility.ALL, Instant.now().minusSeconds(3600)));
    group.say("ana", "just now");

    awaitMails("ben", 1);
    assertThat(mails("ben").get(0).get("text").toString())
        .contains("just now")
        .doesNotContain("long ago");
  }

  private TimelineLog group(String name, String... members) {
    return TimelineLog.create(tenant, ConversationType.GROUP, name, members);
  }
}
