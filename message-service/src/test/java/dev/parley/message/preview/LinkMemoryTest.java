package dev.parley.message.preview;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.chassis.Wire;
import dev.parley.contracts.EventType;
import dev.parley.contracts.Ids;
import dev.parley.contracts.Topics;
import dev.parley.contracts.event.ConversationType;
import dev.parley.contracts.event.LinkPreview;
import dev.parley.contracts.event.Message;
import dev.parley.contracts.event.Posting;
import dev.parley.message.Group;
import dev.parley.message.Uploads;
import dev.parley.message.WithBackEnds;
import dev.parley.message.preview.LinkMemory.Seen;
import io.quarkus.test.junit.QuarkusMock;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A link that many messages have is looked at once. */
@QuarkusTest
class LinkMemoryTest extends WithBackEnds {
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final int MANY = 20;

  @Inject Vertx vertx;
  @Inject PageFetcher pages;
  @Inject Pictures pictures;
  private final Web web = new Web();
  private final Names names = new Names().with("a.example", "127.0.0.1");
  private final AtomicLong hand = new AtomicLong();
  private final String tenant = "t" + Ids.next();

  @BeforeEach
  void reachOurOwnWeb() {
    QuarkusMock.installMockForType(
        new PageFetcher(vertx, names, Limits.at(web.place())), PageFetcher.class);
  }

  @AfterEach
  void close() {
    web.close();
  }

  @Test
  void eachOfManyMessagesHasItsPreviewAndPictureAndThePageWasAskedForOnce() {
    page("/p", "/p.png");
    web.on("/p.png", to -> Web.send(to, "image/png", Uploads.png(10, 10)));
    List<UUID> images = new ArrayList<>();
    for (Group group : List.of(group(tenant), group(tenant))) {
      List<String> ids =
          IntStream.range(0, MANY).mapToObj(n -> group.said("ana", link("/p"))).toList();
      ids.forEach(id -> images.add(shown(group, id).imageAttachmentId()));
    }
    assertThat(images).hasSize(2 * MANY).doesNotContainNull().doesNotHaveDuplicates();
    assertThat(web.asked()).containsExactly("/p", "/p.png");

    Group stranger = group("t" + Ids.next());
    assertThat(shown(stranger, stranger.said("ana", link("/p"))).title()).isEqualTo("Page");
    assertThat(web.asked()).containsExactly("/p", "/p.png", "/p", "/p.png");
  }

  @Test
  void whoWantsALinkThatIsUnderWayWaitsForItAndWhoGoesAwayDoesNotEndIt() {
    CountDownLatch gate = new CountDownLatch(1);
    web.on(
        "/p",
        to -> {
          open(gate);
          Web.send(to, "text/html", Web.html("Page"));
        });
    LinkMemory memory = memory();
    CompletableFuture<Seen> gone = memory.of(tenant, link("/p")).subscribeAsCompletionStage();
    await().atMost(SOON).until(() -> web.asked().size() == 1);
    List<Uni<Seen>> wanted =
        IntStream.range(0, MANY).mapToObj(n -> memory.of(tenant, link("/p"))).toList();
    CompletableFuture<List<Seen>> all =
        Uni.join().all(wanted).andFailFast().subscribeAsCompletionStage();
    gone.cancel(true);
    assertThat(all).isNotDone();
    gate.countDown();
    assertThat(all).succeedsWithin(SOON);
    assertThat(all.join())
        .hasSize(MANY)
        .allSatisfy(seen -> assertThat(seen.preview()).map(LinkPreview::title).contains("Page"));
    assertThat(web.asked()).containsExactly("/p");
  }

  @Test
  void alsoWhatCannotBeHadIsRememberedAndAfterSomeMinutesAskedForAnew() {
    LinkMemory memory = memory();
    assertThat(seen(memory, "/p").preview()).isEmpty();
    await().atMost(SOON).until(() -> memory.bytes() > 0);
    page("/p", "");
    hand.addAndGet(LinkMemory.REMEMBERED.minusSeconds(1).toNanos());
    assertThat(seen(memory, "/p").preview()).isEmpty();
    assertThat(web.asked()).containsExactly("/p");
    hand.addAndGet(Duration.ofSeconds(2).toNanos());
    assertThat(seen(memory, "/p").preview()).map(LinkPreview::title).contains("Page");
    assertThat(seen(memory, "/p?other").preview()).isPresent();
    assertThat(web.asked()).containsExactly("/p", "/p", "/p?other");
  }

  @Test
  void itsMemoryIsBounded() {
    LinkMemory memory = memory();
    IntStream.range(0, 3_000).forEach(n -> memory.of(tenant, "no link " + n).await().atMost(SOON));
    await().atMost(SOON).until(() -> memory.bytes() <= LinkMemory.MOST_BYTES);
    assertThat(memory.bytes()).isGreaterThan(LinkMemory.MOST_BYTES / 2);
  }

  private LinkMemory memory() {
    return new LinkMemory(vertx, pages, pictures, hand::get);
  }

  private Seen seen(LinkMemory memory, String path) {
    return memory.of(tenant, link(path)).await().atMost(SOON);
  }

  private static void open(CountDownLatch gate) {
    try {
      gate.await(SOON.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void page(String path, String picture) {
    String html = "<title>Page</title><meta property=\"og:image\" content=\"" + picture + "\">";
    web.on(path, to -> Web.send(to, "text/html", html.getBytes(StandardCharsets.UTF_8)));
  }

  private String link(String path) {
    return "http://a.example:" + web.port() + path;
  }

  private static Group group(String tenant) {
    return Group.create(tenant, ConversationType.GROUP, Posting.ALL, "ana", "bo");
  }

  private static LinkPreview shown(Group group, String id) {
    return Wire.await(
            Topics.TIMELINE,
            1,
            SOON,
            told ->
                group.id().equals(told.conversationId())
                    && EventType.MESSAGE_UPDATED.equals(told.type())
                    && id.equals(told.data().path("id").asText()))
        .get(0)
        .data(Message.class)
        .previews()
        .get(0);
  }
}
