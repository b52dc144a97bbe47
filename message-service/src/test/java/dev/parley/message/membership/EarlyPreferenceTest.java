package dev.parley.message.membership;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.chassis.Wire;
import dev.parley.chassis.tx.Tx;
import dev.parley.contracts.Actor;
import dev.parley.contracts.Envelope;
import dev.parley.contracts.EventType;
import dev.parley.contracts.Ids;
import dev.parley.contracts.Recipient;
import dev.parley.contracts.Topics;
import dev.parley.contracts.event.PreferencesUpdated;
import dev.parley.message.Group;
import dev.parley.message.WithBackEnds;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What people mute in the moment in which they become members holds (product.md §4). */
@QuarkusTest
class EarlyPreferenceTest extends WithBackEnds {
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final Instant LATER = Instant.parse("2040-01-01T08:00:00.000Z");
  private static final String MUTED =
      """
      select from member where tenant = $1 and conversation_id = $2 and subject_id = 'bo'
        and hidden_version = 1 and muted_until > now()
      """;
  private static final String EARLY =
      "select from early_preference where tenant = $1 and conversation_id = $2";
  private static final String WAITING =
      """
      select from pg_locks where locktype = 'advisory' and not granted
        and $1::text is not null and $2::uuid is not null
      """;

  @Inject Tx tx;
  @Inject Sequencing sequencing;

  private final Group example = Group.of("ana", "bo");
  private final UUID made = Ids.next();

  @Test
  void whatIsToldWhileItsConversationIsBeingMadeIsNotLost() {
    Envelope creation = creation();
    CompletableFuture<Void> placed = new CompletableFuture<>();
    CompletableFuture<Void> end = new CompletableFuture<>();
    CompletableFuture<Void> making =
        tx.ofAllTenants()
            .write(
                work ->
                    sequencing
                        .create(work, creation)
                        .invoke(() -> placed.complete(null))
                        .chain(() -> Uni.createFrom().completionStage(end)))
            .subscribeAsCompletionStage();
    placed.orTimeout(30, TimeUnit.SECONDS).join();
    mute();
    await().atMost(SOON).until(() -> is(WAITING) || is(EARLY));
    end.complete(null);
    making.orTimeout(30, TimeUnit.SECONDS).join();
    await().atMost(SOON).until(() -> is(MUTED));
    assertThat(is(EARLY)).isFalse();
  }

  @Test
  void whatWasToldBeforeItsConversationIsTakenOver() {
    Envelope creation = creation();
    mute();
    await().atMost(SOON).until(() -> is(EARLY));
    tx.ofAllTenants().write(work -> sequencing.create(work, creation)).await().atMost(SOON);
    assertThat(is(MUTED)).isTrue();
    assertThat(is(EARLY)).isFalse();
  }

  /** Another conversation like the example, not yet told. */
  private Envelope creation() {
    Envelope like = example.log(1).get(0);
    return Envelope.of(
            EventType.CONVERSATION_CREATED,
            like.tenant(),
            made,
            like.actor(),
            like.at(),
            like.data())
        .withRights(like.rights());
  }

  private void mute() {
    PreferencesUpdated kept = new PreferencesUpdated(false, false, null, 1, null, LATER);
    Wire.publish(
        Topics.CONVERSATION_PERSONAL,
        Envelope.of(
                EventType.PREFERENCES_UPDATED,
                example.tenant(),
                made,
                new Actor("bo", "user", "bo", null),
                Instant.now(),
                kept)
            .to(List.of(Recipient.user("bo"))));
  }

  private boolean is(String query) {
    return tx.ofAllTenants()
            .read(query, Tuple.of(example.tenant(), made))
            .await()
            .atMost(SOON)
            .size()
        > 0;
  }
}
