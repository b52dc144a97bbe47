package dev.parley.message.bookmark;

import static dev.parley.message.bookmark.Marks.change;
import static dev.parley.message.bookmark.Marks.made;
import static dev.parley.message.bookmark.Marks.make;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.parley.chassis.CrmUser;
import dev.parley.chassis.Wire;
import dev.parley.contracts.Envelope;
import dev.parley.contracts.EventType;
import dev.parley.contracts.Json;
import dev.parley.contracts.Recipient;
import dev.parley.contracts.Schemas;
import dev.parley.contracts.Topics;
import dev.parley.contracts.event.Bookmark;
import dev.parley.message.Group;
import dev.parley.message.WithBackEnds;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

@QuarkusTest
class RemindDueTest extends WithBackEnds {
  private static final Instant LATER = Instant.now().plus(Duration.ofDays(1));
  private static final Duration LATE_AT_MOST = Duration.ofSeconds(5);

  @Inject RemindDue remind;

  @Test
  void theAssigneeIsRemindedInTimeElseWhoMadeIt() {
    Group group = Group.of("ana", "bo");
    String message = group.said("ana", "x");
    String given = due(group, message, "bo", Instant.now().plusSeconds(1));
    String own = due(group, message, null, Instant.now().minusSeconds(60));
    List<Envelope> told = told(group, 2);
    told.forEach(event -> Schemas.validate(Json.bytes(event)));
    Envelope bos = of(told, given);
    assertThat(bos.to()).containsExactly(new Recipient("user", "bo"));
    assertThat(bos.seq()).isEqualTo(1);
    assertThat(Duration.between(bos.data(Bookmark.class).dueAt(), bos.at()))
        .isBetween(Duration.ZERO, LATE_AT_MOST);
    assertThat(of(told, own).to()).containsExactly(new Recipient("user", "ana"));
  }

  @Test
  void manyAtOnceRemindOnce() {
    Group group = Group.of("ana", "bo");
    String message = group.said("ana", "x");
    for (int i = 0; i < 20; i++) {
      due(group, message, "bo", Instant.now().plusSeconds(1));
    }
    List<Uni<Integer>> turns = Stream.generate(() -> remind.turn()).limit(8).toList();
    for (int i = 0; i < 3; i++) {
      Uni.join().all(turns).andFailFast().await().atMost(Duration.ofSeconds(20));
    }
    told(group, 20);
    Uni.join().all(turns).andFailFast().await().atMost(Duration.ofSeconds(20));
    List<Envelope> all =
        Wire.now(
            Topics.MESSAGE_PERSONAL,
            event ->
                group.id().equals(event.conversationId())
                    && event.type().equals(EventType.BOOKMARK_DUE));
    assertThat(all).hasSize(20);
    assertThat(all).extracting(event -> event.data(Bookmark.class).id()).doesNotHaveDuplicates();
  }

  @Test
  void whereTheAssigneeDoesNotSeeItAnyMoreWhoMadeItIsRemindedOnce() {
    Group group = Group.of("ana", "bo", "cy", "dee", "ed");
    String message = group.said("ana", "x");
    String there = due(group, "ed", message, "cy", LATER);
    String left = due(group, "ed", message, "bo", LATER);
    String inactive = due(group, "ed", message, "dee", LATER);
    group.remove("bo");
    new CrmUser(group.tenant(), "dee").tell(1, Map.of("active", false));
    Map<String, String> forDee = Map.of("type", "blocker", "assigneeId", "dee");
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> make(group, "ed", message, forDee).statusCode(422));
    List.of(there, left, inactive).forEach(id -> isDue(group, id));
    told(group, 3);
    String last = due(group, "ana", message, null, Instant.now());
    assertThat(told(group, 4))
        .extracting(
            event -> event.data(Bookmark.class).id().toString(), event -> event.to().get(0).id())
        .containsExactlyInAnyOrder(
            tuple(there, "cy"), tuple(left, "ed"), tuple(inactive, "ed"), tuple(last, "ana"));
  }

  @Test
  void whereNeitherOfThemSeesItNobodyIsReminded() {
    Group group = Group.of("ana", "bo", "ed");
    String message = group.said("ana", "x");
    String nobodys = due(group, "ed", message, "bo", LATER);
    String own = due(group, "ed", message, null, LATER);
    group.remove("bo");
    group.remove("ed");
    isDue(group, nobodys);
    isDue(group, own);
    String last = due(group, "ana", message, null, Instant.now());
    assertThat(told(group, 1))
        .extracting(event -> event.data(Bookmark.class).id().toString())
        .containsExactly(last);
  }

  @Test
  void whatIsDoneIsNotRemindedOfAndAnotherTimeIs() {
    Group group = Group.of("ana", "bo");
    String message = group.said("ana", "x");
    Instant soon = Instant.now().plusSeconds(3);
    String done = due(group, message, "bo", soon);
    String moved = due(group, message, "bo", Instant.now().minusSeconds(9));
    change(group, "bo", done, Map.of("status", "done")).statusCode(200);
    assertThat(told(group, 1).get(0).data(Bookmark.class).id()).hasToString(moved);
    change(group, "bo", moved, Map.of("dueAt", soon.plusSeconds(1).toString())).statusCode(200);
    assertThat(told(group, 2))
        .extracting(event -> event.data(Bookmark.class).id().toString())
        .containsExactly(moved, moved);
  }

  @Test
  void whoIsGivenItLaterIsRemindedToo() {
    Group group = Group.of("ana", "bo", "cy");
    String message = group.said("ana", "x");
    String given = due(group, message, "bo", Instant.now().minusSeconds(9));
    told(group, 1);
    change(group, "ana", given, Map.of("note", "x")).statusCode(200);
    change(group, "ana", given, Map.of("assigneeId", "cy")).statusCode(200);
    assertThat(told(group, 2))
        .extracting(event -> event.to().get(0).id())
        .containsExactly("bo", "cy");
  }

  private static void isDue(Group group, String id) {
    change(group, "ana", id, Map.of("dueAt", Instant.now().minusSeconds(60).toString()))
        .statusCode(200);
  }

  private static String due(Group group, String message, String assignee, Instant at) {
    return due(group, "ana", message, assignee, at);
  }

  private static String due(
      Group group, String maker, String message, String assignee, Instant at) {
    Map<String, String> body =
        assignee == null
            ? Map.of("type", "follow_up", "dueAt", at.toString())
            : Map.of("type", "follow_up", "dueAt", at.toString(), "assigneeId", assignee);
    return made(group, maker, message, body);
  }

  private static Envelope of(List<Envelope> told, String bookmark) {
    return told.stream()
        .filter(event -> event.data(Bookmark.class).id().toString().equals(bookmark))
        .findAny()
        .orElseThrow();
  }

  private static List<Envelope> told(Group group, int count) {
    return Wire.await(
        Topics.MESSAGE_PERSONAL,
        count,
        Duration.ofSeconds(15),
        event ->
            group.id().equals(event.conversationId())
                && event.type().equals(EventType.BOOKMARK_DUE));
  }
}
