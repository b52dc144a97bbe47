package dev.parley.message.bookmark;

import static dev.parley.message.bookmark.Marks.change;
import static dev.parley.message.bookmark.Marks.list;
import static dev.parley.message.bookmark.Marks.made;
import static dev.parley.message.bookmark.Marks.make;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;

import dev.parley.chassis.Wire;
import dev.parley.contracts.Envelope;
import dev.parley.contracts.EventType;
import dev.parley.contracts.Recipient;
import dev.parley.contracts.Topics;
import dev.parley.contracts.event.Bookmark;
import dev.parley.message.Group;
import dev.parley.message.WithBackEnds;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

@QuarkusTest
class EndBookmarksTest extends WithBackEnds {
  private static final Map<String, String> DECISION = Map.of("type", "decision");
  private static final Map<String, String> PRIVATE =
      Map.of("type", "follow_up", "visibility", "private");

  private final Group group = Group.of("ana", "bo");

  @Test
  void aMessageTakesItsBookmarksWithItAndWhoSawThemIsTold() {
    String message = group.said("ana", "We ship on Monday");
    String other = made(group, "bo", group.said("ana", "Why?"), DECISION);
    String shared = made(group, "bo", message, DECISION);
    String own = made(group, "bo", message, PRIVATE);
    delete(message);
    list(group, "bo", Map.of()).body("items.id", contains(other));
    list(group, "ana", Map.of()).body("items.id", contains(other));
    for (String gone : List.of(shared, own)) {
      change(group, "bo", gone, Map.of("status", "done")).statusCode(404);
    }
    assertThat(group.log(7).subList(5, 7))
        .extracting(Envelope::type)
        .containsExactly(EventType.BOOKMARK_DELETED, EventType.MESSAGE_DELETED);
    assertThat(group.log(7).get(5).data(Bookmark.class).id()).hasToString(shared);
    Envelope told = personal(EventType.BOOKMARK_DELETED);
    assertThat(told.data(Bookmark.class).id()).hasToString(own);
    assertThat(told.to()).containsExactly(new Recipient("user", "bo"));
  }

  @Test
  void whoDoesNotSeeTheMessageAnyMoreIsNotToldThatItIsGone() {
    String message = group.said("ana", "We ship on Monday");
    made(group, "bo", message, PRIVATE);
    String stays = made(group, "ana", message, PRIVATE);
    group.remove("bo");
    delete(message);
    List<Envelope> told =
        Wire.await(
            Topics.MESSAGE_PERSONAL,
            1,
            Duration.ofSeconds(30),
            event -> isOf(event, EventType.BOOKMARK_DELETED));
    assertThat(told.get(0).data(Bookmark.class).id()).hasToString(stays);
    assertThat(Wire.now(Topics.MESSAGE_PERSONAL, event -> isOf(event, EventType.BOOKMARK_DELETED)))
        .flatExtracting(Envelope::to)
        .containsExactly(new Recipient("user", "ana"));
  }

  @Test
  void ofABookmarkAndADeletionAtOnceNoneIsLeft() {
    List<String> messages =
        IntStream.range(0, 10).mapToObj(n -> group.said("ana", "no " + n)).toList();
    List<CompletableFuture<Void>> calls =
        messages.stream()
            .flatMap(
                message ->
                    List.<Runnable>of(
                        () -> make(group, "bo", message, DECISION),
                        () -> delete(message),
                        () -> make(group, "bo", message, PRIVATE))
                        .stream())
            .map(CompletableFuture::runAsync)
            .toList();
    calls.forEach(CompletableFuture::join);
    list(group, "bo", Map.of()).body("items", empty());
  }

  private void delete(String message) {
    group.as("ana").delete("/v1/messages/" + message).then().statusCode(204);
  }

  private Envelope personal(String type) {
    return Wire.await(
            Topics.MESSAGE_PERSONAL, 1, Duration.ofSeconds(30), event -> isOf(event, type))
        .get(0);
  }

  private boolean isOf(Envelope event, String type) {
    return type.equals(event.type()) && group.id().equals(event.conversationId());
  }
}
