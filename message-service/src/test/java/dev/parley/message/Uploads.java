package dev.parley.message;

import static io.restassured.RestAssured.given;

import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import javax.imageio.ImageIO;

/** Files as a client uploads and downloads them. */
public final class Uploads {
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private Uploads() {}

  /** Begins an upload of these bytes. */
  public static Response start(String token, String name, String type, byte[] bytes) {
    return start(
        token,
        Map.of("fileName", name, "contentType", type, "size", bytes.length, "sha256", sha(bytes)));
  }

  public static Response start(String token, Map<String, ?> request) {
    return given()
        .auth()
        .oauth2(token)
        .contentType("application/json")
        .body(request)
        .post("/v1/attachments");
  }

  /** Puts the bytes where the start said; the store's status. */
  public static int put(Response started, byte[] bytes) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(started.path("uploadUrl")))
            .PUT(HttpRequest.BodyPublishers.ofByteArray(bytes));
    started.<Map<String, String>>path("uploadHeaders").forEach(request::header);
    return send(request.build(), HttpResponse.BodyHandlers.discarding()).statusCode();
  }

  public static ValidatableResponse complete(String token, String id) {
    return given().auth().oauth2(token).post("/v1/attachments/" + id + "/complete").then();
  }

  /** A file that is ready to be sent. */
  public static String ready(String token, String name, String type, byte[] bytes) {
    Response started = start(token, name, type, bytes);
    put(started, bytes);
    String id = started.path("id");
    complete(token, id).statusCode(200).body("state", org.hamcrest.Matchers.is("ready"));
    return id;
  }

  public static ValidatableResponse download(String token, String id, boolean thumbnail) {
    return given()
        .auth()
        .oauth2(token)
        .queryParam("thumbnail", thumbnail)
        .get("/v1/attachments/" + id + "/download")
        .then();
  }

  public static HttpResponse<byte[]> get(String url) {
    return send(
        HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofByteArray());
  }

  /** A picture of that size. */
  public static byte[] png(int width, int height) {
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_BINARY);
      ImageIO.write(image, "png", bytes);
      return bytes.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static String sha(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static <T> HttpResponse<T> send(
      HttpRequest request, HttpResponse.BodyHandler<T> handler) {
    try {
      return HTTP.send(request, handler);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
