package dev.parley.message.membership;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;

import dev.parley.chassis.Wire;
import dev.parley.contracts.Envelope;
import dev.parley.contracts.EventType;
import dev.parley.contracts.Ids;
import dev.parley.contracts.Json;
import dev.parley.contracts.Right;
import dev.parley.contracts.Schemas;
import dev.parley.contracts.Topics;
import dev.parley.contracts.event.Context;
import dev.parley.contracts.event.Conversation;
import dev.parley.contracts.event.ConversationState;
import dev.parley.contracts.event.DealBar;
import dev.parley.contracts.event.History;
import dev.parley.contracts.event.Lease;
import dev.parley.contracts.event.Member;
import dev.parley.contracts.event.Person;
import dev.parley.message.Group;
import dev.parley.message.WithBackEnds;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

@QuarkusTest
class ConversationEventsTest extends WithBackEnds {

  @Test
  void theLogBeginsWithTheConversationAndItsMembersRights() {
    Group group = Group.of("ana", "bo");
    Envelope created = group.log(1).get(0);
    Schemas.validate(Json.bytes(created));
    assertThat(created.type()).isEqualTo(EventType.CONVERSATION_CREATED);
    assertThat(created.rev()).isEqualTo(1);
    assertThat(created.effectiveSeq()).isZero();
    assertThat(created.rights()).extracting(Right::id).containsExactly("ana", "bo");
    assertThat(created.rights()).allMatch(right -> right.granted() && right.visibleFromSeq() == 1);
    assertThat(created.data(Conversation.class).id()).isEqualTo(group.id());
  }

  @Test
  void aMembershipHasItsPlaceBetweenTheMessages() {
    Group group = Group.of("ana", "bo");
    group.send("ana", "c1", "one").statusCode(201);
    group.send("ana", "c2", "two").statusCode(201);
    Envelope fromNow = group.add("cy", History.FROM_NOW);
    Envelope all = group.add("dee", History.ALL);
    group.send("ana", "c3", "three").statusCode(201);
    Envelope gone = group.remove("cy");
    for (Envelope event : List.of(fromNow, all, gone)) {
      Schemas.validate(Json.bytes(event));
    }
    assertThat(fromNow.type()).isEqualTo(EventType.MEMBER_ADDED);
    assertThat(fromNow.effectiveSeq()).isEqualTo(2);
    assertThat(fromNow.data(Member.class).visibleFromSeq()).isEqualTo(3);
    assertThat(fromNow.rights()).containsExactly(right(fromNow, "cy", true, 2, 3));
    assertThat(all.data(Member.class).visibleFromSeq()).isEqualTo(1);
    assertThat(all.data(Member.class).effectiveSeq()).isEqualTo(2);
    assertThat(gone.type()).isEqualTo(EventType.MEMBER_REMOVED);
    assertThat(gone.rights()).containsExactly(right(gone, "cy", false, 3, 3));
    assertThat(group.log(7)).extracting(Envelope::rev).containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L);
  }

  @Test
  void contextsAndLeasesHaveTheirPlaceAndChangeNothing() {
    Group group = Group.of("ana", "bo");
    group.send("ana", "c1", "one").statusCode(201);
    Lease lease = new Lease("context", new Person("ana", "Ana"), Instant.EPOCH);
    for (String type : List.of(EventType.LEASE_ACQUIRED, EventType.LEASE_RELEASED)) {
      Envelope placed = group.placed(group.event(type, lease));
      assertThat(placed.type()).isEqualTo(type);
      assertThat(placed.data(Lease.class)).isEqualTo(lease);
      assertThat(placed.rights()).isNull();
    }
    Context context = new Context(DealBar.hidden("d1"), "x", null, null, 2, null, null, null);
    Envelope placed = group.placed(group.event(EventType.CONTEXT_UPDATED, context));
    Schemas.validate(Json.bytes(placed));
    assertThat(placed.data(Context.class)).isEqualTo(context);
    group.send("ana", "c2", "two").statusCode(201);
    assertThat(group.log(6)).extracting(Envelope::rev).containsExactly(1L, 2L, 3L, 4L, 5L, 6L);
  }

  @Test
  void whoComesBackBeginsAnew() {
    Group group = Group.of("ana", "bo");
    group.add("cy", History.ALL);
    group.send("ana", "c1", "one").statusCode(201);
    group.remove("cy");
    group.send("ana", "c2", "two").statusCode(201);
    group.page("cy", Map.of()).statusCode(404);
    group.add("cy", History.FROM_NOW);
    group.send("ana", "c3", "three").statusCode(201);
    group.page("cy", Map.of()).statusCode(200).body("items.seq", contains(3));
  }

  @Test
  void whatClientsSeeNothingOfIsMarkedInTheLogToo() {
    Group group = Group.of("ana", "bo");
    Envelope told = group.tell(EventType.CONVERSATION_UPDATED, ConversationState.OPEN, null);
    Envelope again =
        new Envelope(
            Ids.next(),
            told.type(),
            1,
            told.tenant(),
            told.conversationId(),
            null,
            null,
            null,
            told.actor(),
            told.at(),
            null,
            told.data());
    Wire.publish(Topics.CONVERSATION, again.staffOnlyIf(true));
    List<Envelope> log = group.log(3);
    assertThat(log).extracting(Envelope::staffOnly).containsExactly(null, null, true);
    log.forEach(event -> Schemas.validate(Json.bytes(event)));
  }

  @Test
  void repeatsAndLateRemovalsOfAnEndedMembershipChangeNothing() {
    Group group = Group.of("ana", "bo");
    Envelope added = group.request(EventType.MEMBER_ADD_REQUESTED, "bo", History.ALL);
    Envelope removal = group.request(EventType.MEMBER_REMOVE_REQUESTED, "bo", null);
    group.placed(removal);
    group.add("bo", History.ALL); // another membership, with another id
    Wire.publish(Topics.CONVERSATION, removal);
    Wire.publish(Topics.CONVERSATION, removal);
    Envelope late = group.request(EventType.MEMBER_REMOVE_REQUESTED, "ana", null);
    Wire.publish(Topics.CONVERSATION, withMember(late, added));
    group.placed(group.tell(EventType.CONVERSATION_CLOSED, ConversationState.CLOSED, null));
    group.page("bo", Map.of()).statusCode(200);
    group.page("ana", Map.of()).statusCode(200);
    assertThat(group.log(4))
        .extracting(Envelope::type)
        .containsExactly(
            EventType.CONVERSATION_CREATED,
            EventType.MEMBER_REMOVED,
            EventType.MEMBER_ADDED,
            EventType.CONVERSATION_CLOSED);
  }

  /** The promise of product.md §1 under load: what is accepted after the answer is always seen. */
  @Test
  void aNewcomerSeesExactlyWhatWasPlacedBehindThem() throws Exception {
    Group group = Group.of("ana", "bo");
    group.send("ana", "first", "x").statusCode(201);
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<CompletableFuture<Void>> senders = new ArrayList<>();
      for (int sender = 0; sender < 4; sender++) {
        int own = sender;
        senders.add(
            CompletableFuture.runAsync(
                () ->
                    IntStream.range(0, 50)
                        .forEach(i -> group.send("ana", own + "-" + i, "x").statusCode(201)),
                threads));
      }
      List<Envelope> added = new ArrayList<>();
      for (int i = 0; i < 10; i++) {
        added.add(group.add("new" + i, History.FROM_NOW));
      }
      CompletableFuture.allOf(senders.toArray(CompletableFuture[]::new)).join();
      for (int i = 0; i < 10; i++) {
        int visibleFrom = (int) (added.get(i).effectiveSeq() + 1);
        List<Integer> seen =
            group
                .page("new" + i, Map.of("afterSeq", 0, "limit", 200))
                .statusCode(200)
                .extract()
                .path("items.seq");
        int last = Math.min(201, visibleFrom + 199);
        assertThat(seen)
            .containsExactlyElementsOf(IntStream.rangeClosed(visibleFrom, last).boxed().toList());
      }
      List<Envelope> log = group.log(212);
      long lastSeq = 0;
      for (Envelope event : log) {
        if (event.seq() != null) {
          assertThat(event.seq()).isEqualTo(++lastSeq);
        } else {
          assertThat(event.effectiveSeq()).isEqualTo(lastSeq);
        }
      }
    } finally {
      threads.shutdown();
    }
  }

  private static Right right(
      Envelope event, String user, boolean granted, long effective, long visible) {
    String memberId = event.data(Member.class).id().toString();
    return new Right(memberId, "user", user, "member", "manual", granted, effective, visible);
  }

  /** The same request about the membership that the other one names. */
  private static Envelope withMember(Envelope request, Envelope other) {
    return new Envelope(
        request.id(),
        request.type(),
        1,
        request.tenant(),
        request.conversationId(),
        null,
        null,
        null,
        request.actor(),
        request.at(),
        null,
        other.data());
  }
}
