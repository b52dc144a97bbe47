package dev.parley.system.bench;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.contracts.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/** What is needed before a load: a tenant of its own, its people, their tokens and groups. */
final class Api {
  private static final Duration LIMIT = Duration.ofSeconds(15);
  private static final int BATCH = 500;

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final String origin;
  private final String tokens;
  private final String tenant;
  private final String admin;

  Api(Map<String, String> env, String tenant) {
    this.origin = env.get("ORIGIN");
    this.tokens = env.get("TOKEN_URL");
    this.tenant = tenant;
    this.admin = token("root", "user,admin");
  }

  String origin() {
    return origin;
  }

  /** A user whom the CRM has told of; answers the token. */
  String user(String id) {
    must(
        "PUT",
        "/v1/crm/records/user/" + id,
        admin,
        Map.of(
            "version",
            1,
            "name",
            id,
            "email",
            id + "@example.test",
            "active",
            true,
            "roles",
            List.of("user")));
    return token(id, "user");
  }

  /** Users whom the CRM has told of, {@code u0} and so on; without tokens. */
  void users(int count) {
    for (int first = 0; first < count; first += BATCH) {
      must(
          "POST",
          "/v1/crm/records:batch",
          admin,
          Map.of(
              "items",
              IntStream.range(first, Math.min(count, first + BATCH))
                  .mapToObj(i -> "u" + i)
                  .map(
                      id ->
                          Map.of(
                              "type",
                              "user",
                              "id",
                              id,
                              "version",
                              1,
                              "name",
                              "User " + id,
                              "active",
                              true,
                              "roles",
                              List.of("user")))
                  .toList()));
    }
  }

  /** A token of a user. */
  String token(String user) {
    return token(user, "user");
  }

  /** A conversation as the body says; answers its id. */
  String conversation(String token, Map<String, ?> body) {
    return must("POST", "/v1/conversations", token, body).get("id").asText();
  }

  /** Makes these users members. */
  void add(String token, String conversation, List<String> users) {
    must(
        "POST",
        "/v1/conversations/" + conversation + "/members",
        token,
        Map.of("members", users.stream().map(id -> Map.of("userId", id)).toList()));
  }

  /** Sends a message. */
  void send(String token, String conversation, String clientMsgId, String body) {
    must(
        "POST",
        "/v1/timelines/" + conversation + "/messages",
        token,
        Map.of("clientMsgId", clientMsgId, "body", body));
  }

  /** A ticket for one socket. */
  String ticket(String token) {
    return must("POST", "/v1/realtime/tickets", token, null).get("ticket").asText();
  }

  /** A group of the token's user and the others; answers its id. */
  String group(String token, String name, List<String> others) {
    return must(
            "POST",
            "/v1/conversations",
            token,
            Map.of("type", "group", "name", name, "members", others))
        .get("id")
        .asText();
  }

  private String token(String user, String roles) {
    String form =
        "grant_type=password&client_id=parley-local&password=x&ttl=14400&username=%s&name=%s"
                .formatted(user, user)
            + "&tenant=%s&roles=%s"
                .formatted(tenant, URLEncoder.encode(roles, StandardCharsets.UTF_8));
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(tokens))
            .timeout(LIMIT)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(form))
            .build();
    return until200(request).get("access_token").asText();
  }

  private JsonNode must(String method, String path, String token, Object body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(origin + path))
            .timeout(LIMIT)
            .header("Authorization", "Bearer " + token);
    if (body == null) {
      request.method(method, BodyPublishers.noBody());
    } else {
      request.header("Content-Type", "application/json");
      request.method(method, BodyPublishers.ofString(Json.text(body)));
    }
    return until200(request.build());
  }

  /** Tries again for 15 s: a copy may still be on its way. 401 and 403 will not change. */
  private JsonNode until200(HttpRequest request) {
    long end = System.nanoTime() + LIMIT.toNanos();
    while (true) {
      HttpResponse<String> answer;
      try {
        answer = http.send(request, BodyHandlers.ofString());
      } catch (IOException e) {
        throw new UncheckedIOException(request.method() + " " + request.uri(), e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(e);
      }
      int status = answer.statusCode();
      if (status < 300) {
        return answer.body().isEmpty() ? null : Json.read(answer.body(), JsonNode.class);
      }
      if (status == 401 || status == 403 || System.nanoTime() > end) {
        throw new IllegalStateException(
            request.method() + " " + request.uri() + ": " + status + " " + answer.body());
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(200));
    }
  }
}
