package dev.parley.search.inbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;

import dev.parley.chassis.BackEnds;
import dev.parley.chassis.TimelineLog;
import dev.parley.chassis.Tokens;
import dev.parley.contracts.Envelope;
import dev.parley.contracts.event.ConversationType;
import dev.parley.contracts.event.Visibility;
import dev.parley.search.WithBackEnds;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import org.junit.jupiter.api.Test;

@QuarkusTest
class TimelineEventsTest extends WithBackEnds {
  private static final Duration AFTER_OUTAGE = Duration.ofSeconds(30);

  private final String ana = Tokens.user(tenant, "ana");
  private final String ben = Tokens.user(tenant, "ben");

  @Test
  void aRepeatedRecordMakesOneHit() {
    TimelineLog group = TimelineLog.create(tenant, ConversationType.GROUP, "Twice", "ana");
    Envelope said = group.say("ana", "repeated words");
    group.publish(said);
    group.publish(said);
    group.say("ana", "barrier");

    awaitFound(SOON, ana, "barrier", 1);
    assertThat(search(ana, "q", "repeated").getInt("total.value")).isEqualTo(1);
  }

  @Test
  void anOlderRecordChangesNothing() {
    TimelineLog group = TimelineLog.create(tenant, ConversationType.GROUP, "First", "ana", "ben");
    Envelope added = group.add("ben", true);
    Envelope renamed = group.rename("Second");
    group.rename("Third");
    group.remove("ben");
    group.say("ana", "after all");
    awaitFound(SOON, ana, "after", 1);

    group.publish(added);
    group.publish(renamed);
    group.say("ana", "barrier");

    awaitFound(SOON, ana, "barrier", 1);
    assertThat(found(ben, "q", "after")).isEmpty();
    assertThat(found(ana, "q", "third")).containsExactly("Third");
    assertThat(found(ana, "q", "second")).isEmpty();
  }

  @Test
  void anEditIsFoundByItsNewWordsAndADeletionByNone() {
    TimelineLog group = TimelineLog.create(tenant, ConversationType.GROUP, "Edited", "ana");
    Envelope said = group.say("ana", "first wording");
    awaitFound(SOON, ana, "wording", 1);

    Envelope edited = group.publish(group.edit(said, "second thoughts"));
    awaitFound(PROMISED, ana, "thoughts", 1);
    assertThat(found(ana, "q", "wording")).isEmpty();
    group.publish(said);

    Envelope deleted = group.publish(group.delete(said));
    awaitFound(PROMISED, ana, "thoughts", 0);
    group.publish(said);
    group.publish(edited);
    group.publish(deleted);
    group.say("ana", "barrier");
    awaitFound(SOON, ana, "barrier", 1);
    assertThat(found(ana, "q", "wording")).isEmpty();
    assertThat(found(ana, "q", "thoughts")).isEmpty();
  }

  @Test
  void aBrokenRecordStopsNoOther() {
    TimelineLog group = TimelineLog.create(tenant, ConversationType.GROUP, "Broken", "ana");
    group.say("ana", "before it");
    group.publishBroken();
    group.say("ana", "after it");

    awaitFound(Duration.ofSeconds(10), ana, "it", 2);
  }

  @Test
  void whileElasticsearchIsAwaySearchesAre503AndNoMessageIsLost() {
    TimelineLog group = TimelineLog.create(tenant, ConversationType.GROUP, "Outage", "ana");
    group.say("ana", "sturdy one");
    awaitFound(SOON, ana, "sturdy", 1);

    BackEnds.command("kill elasticsearch");
    try {
      group.say("ana", "sturdy two");
      group.publish(group.message("ana", "sturdy three", Visibility.ALL));
      as(ana)
          .get("/v1/search?q=sturdy")
          .then()
          .statusCode(503)
          .header("Retry-After", notNullValue())
          .body("code", equalTo("unavailable"));
    } finally {
      BackEnds.command("start elasticsearch");
    }

    await()
        .atMost(AFTER_OUTAGE)
        .pollInterval(Duration.ofMillis(200))
        .ignoreExceptions()
        .until(() -> as(ana).get("/v1/search?q=sturdy").statusCode() == 200);
    awaitFound(AFTER_OUTAGE, ana, "sturdy", 3);
  }
}
