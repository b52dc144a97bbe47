package dev.parley.message.attachment;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import dev.parley.chassis.BackEnds;
import dev.parley.chassis.Tokens;
import dev.parley.contracts.Ids;
import dev.parley.message.Group;
import dev.parley.message.Uploads;
import dev.parley.message.WithBackEnds;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.io.ByteArrayInputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
class UploadTest extends WithBackEnds {
  private static final byte[] HTML =
      "<!DOCTYPE html><html><script>alert(1)</script></html>".getBytes(StandardCharsets.UTF_8);
  private static final byte[] SVG =
      "<?xml version=\"1.0\"?><svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"alert(1)\"/>"
          .getBytes(StandardCharsets.UTF_8);

  private final String token = Tokens.user("t" + Ids.next(), "ana");

  @Test
  void anImageIsMeasuredAndHasASmallPicture() throws Exception {
    byte[] png = Uploads.png(800, 400);
    Response started = Uploads.start(token, "Plan ü.png", "image/png", png);
    started
        .then()
        .statusCode(201)
        .body("uploadUrl", notNullValue())
        .body("expiresAt", notNullValue());
    String id = started.path("id");
    assertThat(Uploads.put(started, png)).isEqualTo(200);
    for (int i = 0; i < 2; i++) {
      Uploads.complete(token, id)
          .statusCode(200)
          .body("id", is(id))
          .body("state", is("ready"))
          .body("reason", nullValue())
          .body("contentType", is("image/png"))
          .body("width", is(800))
          .body("height", is(400))
          .body("thumbnail", is(true));
    }
    HttpResponse<byte[]> file =
        Uploads.get(Uploads.download(token, id, false).statusCode(200).extract().path("url"));
    assertThat(file.body()).isEqualTo(png);
    assertThat(file.headers().firstValue("Content-Type")).contains("image/png");
    assertThat(file.headers().firstValue("Content-Disposition"))
        .contains("inline; filename=\"Plan _.png\"; filename*=UTF-8''Plan%20%C3%BC.png");
    HttpResponse<byte[]> small =
        Uploads.get(Uploads.download(token, id, true).statusCode(200).extract().path("url"));
    var picture = ImageIO.read(new ByteArrayInputStream(small.body()));
    assertThat(List.of(picture.getWidth(), picture.getHeight())).containsExactly(320, 160);
  }

  @Test
  void whatABrowserWouldRunIsRefusedUnderAnotherName() {
    for (byte[] disguised : List.of(HTML, SVG)) {
      Response started = Uploads.start(token, "cat.png", "image/png", disguised);
      Uploads.put(started, disguised);
      Uploads.complete(token, started.path("id"))
          .statusCode(200)
          .body("state", is("rejected"))
          .body("reason", is("type_mismatch"));
      Uploads.download(token, started.path("id"), false)
          .statusCode(422)
          .body("code", is("attachment_not_usable"));
    }
  }

  @Test
  void whatABrowserWouldRunIsADownloadUnderItsOwnName() {
    String id = Uploads.ready(token, "page.html", "text/html", HTML);
    HttpResponse<byte[]> file =
        Uploads.get(Uploads.download(token, id, false).statusCode(200).extract().path("url"));
    assertThat(file.headers().firstValue("Content-Type")).contains("application/octet-stream");
    assertThat(file.headers().firstValue("Content-Disposition").orElseThrow())
        .startsWith("attachment;");
  }

  @Test
  void aPictureIsShownUnderANameOfItsTypeWhateverItIsCalled() {
    String id = Uploads.ready(token, "x.html", "image/png", Uploads.png(2, 2));
    HttpResponse<byte[]> file =
        Uploads.get(Uploads.download(token, id, false).statusCode(200).extract().path("url"));
    assertThat(file.headers().firstValue("Content-Type")).contains("image/png");
    assertThat(file.headers().firstValue("Content-Disposition"))
        .contains("inline; filename=\"x.html.png\"; filename*=UTF-8''x.html.png");
  }

  @Test
  void aPdfIsADownload() {
    byte[] pdf = "%PDF-1.7\n%%EOF".getBytes(StandardCharsets.US_ASCII);
    String id = Uploads.ready(token, "offer.pdf", "application/pdf", pdf);
    Uploads.complete(token, id).body("contentType", is("application/pdf"));
    HttpResponse<byte[]> file =
        Uploads.get(Uploads.download(token, id, false).statusCode(200).extract().path("url"));
    assertThat(file.headers().firstValue("Content-Type")).contains("application/octet-stream");
    assertThat(file.headers().firstValue("Content-Disposition").orElseThrow())
        .startsWith("attachment; filename=\"offer.pdf\"");
  }

  @Test
  void otherBytesThanAnnouncedAreRejectedOrNotEvenStored() {
    byte[] said = "what was said".getBytes(StandardCharsets.UTF_8);
    byte[] other = "something els".getBytes(StandardCharsets.UTF_8);
    Response checksum = Uploads.start(token, "a.txt", "text/plain", said);
    rejectedAs(checksum, Uploads.put(checksum, other), "checksum_mismatch");
    Response size = Uploads.start(token, "a.txt", "text/plain", said);
    byte[] longer = "what was said and more".getBytes(StandardCharsets.UTF_8);
    rejectedAs(size, Uploads.put(size, longer), "size_mismatch");
  }

  private void rejectedAs(Response started, int stored, String reason) {
    if (stored == 200) {
      Uploads.complete(token, started.path("id"))
          .statusCode(200)
          .body("state", is("rejected"))
          .body("reason", is(reason));
    } else {
      Uploads.complete(token, started.path("id")).statusCode(422);
    }
  }

  @Test
  void nothingUploadedIsNotUsableAndMayStillCome() {
    byte[] bytes = "late".getBytes(StandardCharsets.UTF_8);
    Response started = Uploads.start(token, "a.txt", "text/plain", bytes);
    Uploads.complete(token, started.path("id"))
        .statusCode(422)
        .body("code", is("attachment_not_usable"));
    Uploads.put(started, bytes);
    Uploads.complete(token, started.path("id")).statusCode(200).body("state", is("ready"));
  }

  @Test
  void aHugePictureInFewBytesIsNeverDecoded() {
    byte[] bomb = Uploads.png(20_000, 20_000);
    assertThat(bomb.length).isLessThan(200_000);
    Response started = Uploads.start(token, "bomb.png", "image/png", bomb);
    Uploads.put(started, bomb);
    Uploads.complete(token, started.path("id"))
        .statusCode(200)
        .body("state", is("ready"))
        .body("width", is(20_000))
        .body("thumbnail", is(false));
    Uploads.download(token, started.path("id"), true).statusCode(404);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "fileName||fileName",
        "fileName|a/b.png|fileName",
        "fileName|..\\b.png|fileName",
        "size|0|size",
        "size|x|size",
        "contentType|png|contentType",
        "contentType||contentType",
        "sha256|abc|sha256",
      })
  void badInputIsRefusedByTheFieldsName(String field, String value, String named) {
    Map<String, Object> request =
        new HashMap<>(
            Map.of(
                "fileName",
                "a.png",
                "contentType",
                "image/png",
                "size",
                4,
                "sha256",
                "0".repeat(64)));
    request.put(field, value == null ? "" : value);
    Uploads.start(token, request).then().statusCode(400).body("violations[0].field", is(named));
  }

  @Test
  void whatIsTooLargeIsRefusedBeforeItComes() {
    Uploads.start(
            token,
            Map.of(
                "fileName",
                "a.bin",
                "contentType",
                "application/zip",
                "size",
                104_857_601,
                "sha256",
                "0".repeat(64)))
        .then()
        .statusCode(413)
        .body("code", is("too_large"))
        .body("violations[0].field", is("size"));
  }

  @Test
  void anUnsentFileIsItsUploadersAlone() {
    Group group = Group.of("ana", "bo");
    byte[] bytes = "mine".getBytes(StandardCharsets.UTF_8);
    String id = Uploads.ready(group.token("ana"), "a.txt", "text/plain", bytes);
    for (String stranger : List.of(group.token("bo"), Tokens.user("t" + Ids.next(), "ana"))) {
      Uploads.complete(stranger, id).statusCode(404);
      Uploads.download(stranger, id, false).statusCode(404);
      delete(stranger, id).then().statusCode(404);
    }
    given().get("/v1/attachments/" + id + "/download").then().statusCode(401);
    given().post("/v1/attachments").then().statusCode(401);
    delete(group.token("ana"), id).then().statusCode(204);
    delete(group.token("ana"), id).then().statusCode(404);
    Uploads.download(group.token("ana"), id, false).statusCode(404);
    group
        .send("ana", Map.of("clientMsgId", "c1", "body", "x", "attachments", List.of(id)))
        .statusCode(422)
        .body("code", is("attachment_not_usable"));
  }

  @Test
  void theSameStartAgainIsTheSameUpload() {
    Map<String, Object> request =
        Map.of(
            "fileName", "a.txt", "contentType", "text/plain", "size", 4, "sha256", "0".repeat(64));
    String first = startWithKey("k1", request).then().statusCode(201).extract().path("id");
    startWithKey("k1", request).then().statusCode(201).body("id", is(first));
  }

  @Test
  void whileTheStoreIsAwayCompletingIsToBeTriedAgain() {
    byte[] bytes = "patience".getBytes(StandardCharsets.UTF_8);
    Response started = Uploads.start(token, "a.txt", "text/plain", bytes);
    Uploads.put(started, bytes);
    BackEnds.command("stop s3");
    try {
      Uploads.complete(token, started.path("id"))
          .statusCode(503)
          .header("Retry-After", notNullValue())
          .body("code", is("unavailable"));
    } finally {
      BackEnds.command("start s3");
    }
    Uploads.complete(token, started.path("id")).statusCode(200).body("state", is("ready"));
  }

  private Response startWithKey(String key, Map<String, ?> request) {
    return given()
        .auth()
        .oauth2(token)
        .header("Idempotency-Key", key)
        .contentType("application/json")
        .body(request)
        .post("/v1/attachments");
  }

  private static Response delete(String token, String id) {
    return given().auth().oauth2(token).delete("/v1/attachments/" + id);
  }
}
