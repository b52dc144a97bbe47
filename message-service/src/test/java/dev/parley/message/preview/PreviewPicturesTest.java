package dev.parley.message.preview;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;

import dev.parley.chassis.Tokens;
import dev.parley.chassis.Wire;
import dev.parley.contracts.EventType;
import dev.parley.contracts.Ids;
import dev.parley.contracts.Topics;
import dev.parley.contracts.event.ConversationType;
import dev.parley.contracts.event.LinkPreview;
import dev.parley.contracts.event.Message;
import dev.parley.contracts.event.Posting;
import dev.parley.message.Attachments;
import dev.parley.message.Group;
import dev.parley.message.StoredFile;
import dev.parley.message.Uploads;
import dev.parley.message.WithBackEnds;
import dev.parley.message.provider.ObjectStorage;
import io.quarkus.test.junit.QuarkusMock;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.Vertx;
import jakarta.inject.Inject;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The picture of a page that a link leads to: a file of ours that is the message's. */
@QuarkusTest
class PreviewPicturesTest extends WithBackEnds {
  private static final Duration SOON = Duration.ofSeconds(30);

  @Inject Vertx vertx;
  @Inject Attachments attachments;
  @Inject ObjectStorage storage;
  private final Web web = new Web();
  private final Names names =
      new Names().with("a.example", "127.0.0.1").with("inside.example", "10.0.0.1");

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
  void whoSeesTheMessageGetsThePictureMadeSmall() throws IOException {
    page("/p", "/pictures/p.png");
    web.on("/pictures/p.png", to -> Web.send(to, "image/png", Uploads.png(1200, 600)));
    Group group = Group.of("ana", "bo");
    String id = group.said("ana", link("/p"));
    String image = shown(group, id).imageAttachmentId().toString();
    group.message("bo", id).body("previews[0].imageAttachmentId", is(image));
    String url =
        Uploads.download(group.token("bo"), image, false).statusCode(200).extract().path("url");
    HttpResponse<byte[]> file = Uploads.get(url);
    assertThat(file.statusCode()).isEqualTo(200);
    assertThat(file.headers().firstValue("Content-Type")).contains("image/jpeg");
    BufferedImage small = ImageIO.read(new ByteArrayInputStream(file.body()));
    assertThat(small.getWidth()).isEqualTo(320);
    assertThat(small.getHeight()).isEqualTo(160);
    group
        .as("bo")
        .get("/v1/timelines/" + group.id() + "/attachments")
        .then()
        .statusCode(200)
        .body("items", empty());
    group.message("bo", id).body("attachments", empty());
    Uploads.download(group.token("eve"), image, false).statusCode(404);
    Uploads.download(Tokens.user("t" + Ids.next(), "bo"), image, false).statusCode(404);
    group.as("ana").delete("/v1/attachments/" + image).then().statusCode(404);
    StoredFile stored = find(group, image).orElseThrow();
    assertThat(storage.size(stored.key())).isPresent();
    group.as("ana").delete("/v1/messages/" + id).then().statusCode(204);
    Uploads.download(group.token("bo"), image, false).statusCode(404);
    await().atMost(SOON).until(() -> find(group, image).isEmpty());
    assertThat(storage.size(stored.key())).isEmpty();
  }

  private Optional<StoredFile> find(Group group, String id) {
    return attachments.find(group.tenant(), UUID.fromString(id)).await().atMost(SOON);
  }

  @Test
  void aNotesPictureIsNoClients() {
    page("/p", "http://a.example:" + web.port() + "/p.png");
    web.on("/p.png", to -> Web.send(to, "image/png", Uploads.png(10, 10)));
    Group channel =
        Group.create("t" + Ids.next(), ConversationType.CLIENT, Posting.ALL, "ana", "client:cleo");
    String image = shown(channel, channel.noted("ana", link("/p"))).imageAttachmentId().toString();
    Uploads.download(channel.token("ana"), image, false).statusCode(200);
    Uploads.download(channel.token("client:cleo"), image, false).statusCode(404);
  }

  @Test
  void withTheLinkGoesThePicture() {
    page("/p", "/p.png");
    web.on("/p.png", to -> Web.send(to, "image/png", Uploads.png(10, 10)));
    Group group = Group.of("ana", "bo");
    String id = group.said("ana", link("/p"));
    String image = shown(group, id).imageAttachmentId().toString();
    edit(group, id, 2, link("/p") + " still there");
    Uploads.download(group.token("bo"), image, false).statusCode(200);
    edit(group, id, 3, "gone");
    group.message("bo", id).body("previews", nullValue());
    Uploads.download(group.token("bo"), image, false).statusCode(404);
  }

  @Test
  void whatIsNoPictureOfThePublicWebIsLeftOut() {
    page("/inside", "http://inside.example/p.png");
    page("/moved", "/to-inside");
    web.redirect("/to-inside", 302, "http://inside.example/p.png");
    page("/html", "/html.png");
    web.on("/html.png", to -> Web.send(to, "image/png", Web.html("no picture")));
    page("/honest", "/p.html");
    web.on("/p.html", to -> Web.send(to, "text/html", Uploads.png(10, 10)));
    page("/large", "/large.png");
    web.on("/large.png", to -> Web.send(to, "image/png", new byte[1_048_577]));
    page("/none", "/not-there.png");
    page("/file", "file:///etc/passwd");
    Group group = Group.of("ana", "bo");
    for (String path :
        List.of("/inside", "/moved", "/html", "/honest", "/large", "/none", "/file")) {
      LinkPreview preview = shown(group, group.said("ana", link(path)));
      assertThat(preview.title()).as(path).isEqualTo("Page");
      assertThat(preview.imageAttachmentId()).as(path).isNull();
    }
  }

  private void page(String path, String picture) {
    String html = "<title>Page</title><meta property=\"og:image\" content=\"" + picture + "\">";
    web.on(path, to -> Web.send(to, "text/html", html.getBytes(StandardCharsets.UTF_8)));
  }

  private String link(String path) {
    return "http://a.example:" + web.port() + path;
  }

  private static void edit(Group group, String id, int version, String body) {
    group
        .as("ana")
        .header("If-Match", "\"" + version + "\"")
        .body(Map.of("body", body))
        .patch("/v1/messages/" + id)
        .then()
        .statusCode(200);
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
