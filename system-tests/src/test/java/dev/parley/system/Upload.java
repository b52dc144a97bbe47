package dev.parley.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;

/** A text file on its way to the store. */
final class Upload {
  private static final Duration SCANNED = Duration.ofSeconds(30);

  private Upload() {}

  /** Uploads and waits until it may be sent; gives its id. */
  static String ready(Person person, String name, String text) {
    String id = begun(person, name, text);
    await().atMost(SCANNED).until(() -> state(person, id), "ready"::equals);
    return id;
  }

  /** Uploads; whether it may be sent is told later. */
  static String begun(Person person, String name, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    JsonNode started =
        person
            .post(
                "/v1/attachments",
                Map.of(
                    "fileName",
                    name,
                    "size",
                    bytes.length,
                    "contentType",
                    "text/plain",
                    "sha256",
                    sum(bytes)))
            .is(201)
            .json();
    HttpRequest.Builder put =
        HttpRequest.newBuilder(URI.create(started.path("uploadUrl").asText()))
            .PUT(BodyPublishers.ofByteArray(bytes));
    started
        .path("uploadHeaders")
        .properties()
        .forEach(header -> put.header(header.getKey(), header.getValue().asText()));
    assertThat(put(put.build())).isEqualTo(200);
    String id = started.path("id").asText();
    state(person, id);
    return id;
  }

  /** What has become of it: {@code scanning}, {@code ready}, {@code rejected}. */
  static String state(Person person, String id) {
    return person
        .post("/v1/attachments/" + id + "/complete", null)
        .is(200)
        .json()
        .path("state")
        .asText();
  }

  private static int put(HttpRequest request) {
    try {
      return Rest.HTTP.send(request, BodyHandlers.discarding()).statusCode();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static String sum(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
