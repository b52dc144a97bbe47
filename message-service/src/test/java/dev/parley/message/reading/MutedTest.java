package dev.parley.message.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.is;

import dev.parley.chassis.Wire;
import dev.parley.chassis.tx.Tx;
import dev.parley.contracts.Envelope;
import dev.parley.contracts.EventType;
import dev.parley.contracts.Recipient;
import dev.parley.contracts.Topics;
import dev.parley.contracts.event.ConversationType;
import dev.parley.contracts.event.History;
import dev.parley.contracts.event.Posting;
import dev.parley.contracts.event.PreferencesUpdated;
import dev.parley.contracts.event.UnreadCount;
import dev.parley.message.Group;
import dev.parley.message.WithBackEnds;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The total leaves out what one has muted, until its time has come (product.md §4). */
@QuarkusTest
class MutedTest extends WithBackEnds {
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final Instant LATER = Instant.parse("2040-01-01T08:00:00.000Z");

  @Inject Tx tx;

  private final Group group = Group.of("ana", "bo", "cy");
  private final Group other =
      Group.create(group.tenant(), ConversationType.GROUP, Posting.ALL, "ana", "bo", "cy");
  private final Readers readers = new Readers(group);

  @Test
  void whatIsMutedIsCountedButInNoTotal() {
    group.said("ana", "one");
    other.said("ana", "two");
    total("bo", 2);
    mute("bo", LATER, 1);
    total("bo", 1);
    Readers.State asked = readers.asked("bo");
    assertThat(asked.unread()).isEqualTo(1);
    UnreadCount told = readers.pushedAt("bo", asked.version());
    assertThat(told.total()).isEqualTo(1);
    assertThat(told.unread()).isEqualTo(1);

    group.said("ana", "three");
    await().atMost(SOON).until(() -> readers.asked("bo").unread() == 2);
    total("bo", 1);
    total("cy", 3);

    mute("bo", null, 2);
    total("bo", 3);
    assertThat(readers.pushedAt("bo", readers.asked("bo").version()).total()).isEqualTo(3);
  }

  @Test
  void whatComesAgainOrLateMutesNothing() {
    group.said("ana", "one");
    mute("bo", null, 3);
    mute("bo", LATER, 2);
    mute("bo", LATER, 3);
    mute("cy", LATER, 1);
    total("cy", 0);
    total("bo", 1);
    long version = readers.asked("bo").version();
    mute("bo", LATER, 4);
    total("bo", 0);
    assertThat(readers.asked("bo").version()).isEqualTo(version + 1);
    mute("bo", LATER, 4);
    mute("cy", null, 2);
    total("cy", 1);
    assertThat(readers.asked("bo").version()).isEqualTo(version + 1);
  }

  @Test
  void aMuteThatRunsOutBringsTheCountBackByItself() {
    group.said("ana", "one");
    total("bo", 1);
    mute("bo", LATER, 1);
    total("bo", 0);
    Readers.State muted = readers.asked("bo");
    itsTimeHasCome("bo");

    readers.unread("bo").body("total", is(1));
    Readers.State after = readers.asked("bo");
    assertThat(after.version()).isEqualTo(muted.version() + 1);
    UnreadCount told = readers.pushedAt("bo", after.version());
    assertThat(told.total()).isEqualTo(1);
    assertThat(told.version()).isEqualTo(after.version());
    await().atMost(SOON).until(() -> mutes("bo") == 0);

    // Once it has been told it is taken out, and that changes nothing for who asks.
    mute("cy", LATER, 1);
    total("cy", 0);
    readers.unread("bo").body("total", is(1));
    assertThat(readers.asked("bo").version()).isEqualTo(after.version());
    mute("bo", LATER, 2);
    total("bo", 0);
    assertThat(readers.asked("bo").version()).isGreaterThan(after.version());
  }

  @Test
  void whatOneHasMutedBeforeOneCameIsInNoTotal() {
    for (String who : List.of("dee", "eve", "flo")) {
      mute(who, LATER, 1);
    }
    mute("eve", null, 2);
    mute("flo", LATER, 2);
    await().atMost(SOON).until(() -> isKept("dee", 1) && isKept("eve", 2) && isKept("flo", 2));
    run(
        "update early_preference set muted_until = statement_timestamp()"
            + " where tenant = $1 and conversation_id = $2 and subject_id = $3",
        "flo");
    for (String who : List.of("dee", "eve", "flo")) {
      group.add(who, History.ALL);
      assertThat(isKept(who, 1) || isKept(who, 2)).isFalse();
    }
    mute("eve", LATER, 1);
    group.said("ana", "one");
    for (String who : List.of("dee", "eve", "flo")) {
      await().atMost(SOON).until(() -> readers.asked(who).unread() == 1);
    }
    readers.unread("dee").body("total", is(0));
    readers.unread("flo").body("total", is(1));
    assertThat(readers.pushedAt("dee", readers.asked("dee").version()).total()).isZero();
    mute("dee", null, 2);
    total("dee", 1);
    readers.unread("eve").body("total", is(1));
  }

  @Test
  void whatIsMutedAndHiddenComesBackWhenBothHaveEnded() {
    group.said("ana", "one");
    total("bo", 1);
    publish("bo", new PreferencesUpdated(false, true, 1L, 1, null, LATER));
    total("bo", 0);
    publish("bo", new PreferencesUpdated(false, true, 1L, 2, null, null));
    mute("cy", LATER, 1);
    total("cy", 0);
    total("bo", 0);
    group.said("ana", "two");
    total("bo", 2);
  }

  @Test
  void aNewMuteIsTheNewerTruthThoughTheFormerHasJustEnded() {
    group.said("ana", "one");
    mute("bo", LATER, 1);
    total("bo", 0);
    long muted = readers.asked("bo").version();
    itsTimeHasCome("bo");
    mute("bo", LATER.plusSeconds(60), 2);
    await().atMost(SOON).until(() -> readers.asked("bo").version() == muted + 2);
    readers.unread("bo").body("total", is(0));
  }

  /** As if the hours until then had passed. */
  private void itsTimeHasCome(String user) {
    run(
        "update member set muted_until = statement_timestamp()"
            + " where tenant = $1 and conversation_id = $2 and subject_id = $3",
        user);
  }

  private boolean isKept(String user, int version) {
    return run(
                "select 1 from early_preference where tenant = $1 and conversation_id = $2 and"
                    + " subject_id = $3 and version = "
                    + version,
                user)
            .size()
        == 1;
  }

  private int mutes(String user) {
    return run(
            "select 1 from member where muted_until is not null"
                + " and tenant = $1 and conversation_id = $2 and subject_id = $3",
            user)
        .size();
  }

  private RowSet<Row> run(String sql, String user) {
    Tuple values = Tuple.of(group.tenant(), group.id(), user);
    return tx.ofAllTenants()
        .write(work -> work.sql().preparedQuery(sql).execute(values))
        .await()
        .atMost(SOON);
  }

  private void total(String user, int expected) {
    await()
        .atMost(SOON)
        .until(() -> readers.unread(user).extract().<Integer>path("total") == expected);
  }

  private void mute(String user, Instant until, long version) {
    publish(user, new PreferencesUpdated(false, false, null, version, null, until));
  }

  private void publish(String user, PreferencesUpdated kept) {
    Envelope event = group.event(EventType.PREFERENCES_UPDATED, kept);
    Wire.publish(Topics.CONVERSATION_PERSONAL, event.to(List.of(Recipient.user(user))));
  }
}
