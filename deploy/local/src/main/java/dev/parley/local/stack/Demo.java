package dev.parley.local.stack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.parley.local.DemoPeople;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/**
 * The demo tenant, made through the public API as a CRM and its users would: people, a company with
 * a contact and a deal, a number, a direct, a group, an SMS conversation. Each step may be
 * repeated; a marker beside the data says that all were done.
 */
final class Demo {
  static final String TENANT = DemoPeople.TENANT;
  private static final String OUR_NUMBER = "+14155550100";
  private static final String THEIR_NUMBER = "+14155550123";
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Duration PAUSE = Duration.ofMillis(200);
  private static final List<Integer> REFUSALS = List.of(400, 401, 403, 409);
  private static final Map<String, String> PEOPLE = DemoPeople.NAMES;

  /** Where tokens come from: the form's fields in, the token out. */
  interface Tokens {
    String of(Map<String, String> fields) throws IOException;
  }

  private final String address;
  private final Tokens issuer;
  private final Duration patience;
  private final BooleanSupplier stopping;
  private final HttpClient client =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
  private final ObjectMapper json = new ObjectMapper();
  private final Map<String, String> tokens = new HashMap<>();

  Demo(String address, Tokens issuer, Duration patience, BooleanSupplier stopping) {
    this.address = address;
    this.issuer = issuer;
    this.patience = patience;
    this.stopping = stopping;
  }

  /**
   * Loads the tenant unless the marker is there.
   *
   * @param stopping whether there is no more use in it
   * @throws IOException when it cannot, although everything was ready
   */
  static void load(Path marker, Progress progress, BooleanSupplier stopping)
      throws IOException, InterruptedException {
    if (Files.exists(marker)) {
      return;
    }
    try {
      new Demo(Plan.ADDRESS, Token::of, PATIENCE, stopping).load();
    } catch (IOException e) {
      throw new IOException("the demo tenant could not be loaded: " + e.getMessage(), e);
    }
    Files.createFile(marker);
    progress.step("the demo tenant is loaded");
  }

  void load() throws IOException, InterruptedException {
    for (Map.Entry<String, String> person : PEOPLE.entrySet()) {
      record(
          "user/" + person.getKey(),
          """
          {"version": 1, "name": "%s", "email": "%s@demo.example", "active": true,
           "roles": [%s], "timezone": "Europe/Berlin"}
          """
              .formatted(
                  person.getValue(),
                  person.getKey(),
                  person.getKey().equals("root") ? "\"user\", \"admin\"" : "\"user\""));
    }
    record(
        "company/acme",
        """
        {"version": 1, "name": "Acme", "ownerId": "ana", "accountTeam": ["bo"]}
        """);
    record(
        "contact/carla",
        """
        {"version": 1, "name": "Carla Client", "companyId": "acme", "phones": ["%s"],
         "email": "carla@acme.example", "ownerId": "ana", "followers": [], "client": false,
         "assignees": []}
        """
            .formatted(THEIR_NUMBER));
    record(
        "deal/rollout",
        """
        {"version": 1, "name": "Acme rollout", "stage": "proposal", "value": 48000,
         "currency": "EUR", "ownerId": "ana", "companyId": "acme", "closed": false}
        """);
    must(
        "root",
        "PUT",
        "/v1/sms/numbers/" + OUR_NUMBER.replace("+", "%2B"),
        """
        {"carrier": "twilio", "label": "Sales", "smsEnabled": true, "userId": "ana"}
        """);
    String direct = conversation("{\"type\": \"direct\", \"members\": [\"bo\"]}", "direct");
    say(direct, "demo-direct", "Hi Bo, have you seen Carla's question?");
    String group =
        conversation(
            "{\"type\": \"group\", \"name\": \"Acme rollout\", \"members\": [\"bo\", \"cy\"]}",
            "group");
    say(group, "demo-group", "Welcome, all. Everything about the rollout goes here.");
    conversation(
        "{\"type\": \"sms\", \"ownNumber\": \"%s\", \"externalNumbers\": [\"%s\"]}"
            .formatted(OUR_NUMBER, THEIR_NUMBER),
        "sms");
  }

  private void record(String path, String body) throws IOException, InterruptedException {
    must("root", "PUT", "/v1/crm/records/" + path, body);
  }

  private String conversation(String body, String key) throws IOException, InterruptedException {
    return must("ana", "POST", "/v1/conversations", body, "Idempotency-Key", "demo-" + key)
        .path("id")
        .asText();
  }

  private void say(String conversation, String id, String text)
      throws IOException, InterruptedException {
    must(
        "ana",
        "POST",
        "/v1/timelines/" + conversation + "/messages",
        "{\"clientMsgId\": \"%s\", \"body\": \"%s\"}".formatted(id, text));
  }

  /**
   * Repeats until it succeeds: the services may not have heard of each other's news yet, and one
   * may be away for a moment.
   */
  private JsonNode must(String user, String method, String path, String body, String... headers)
      throws IOException, InterruptedException {
    long end = System.nanoTime() + patience.toNanos();
    while (true) {
      IOException failure;
      try {
        HttpResponse<String> answer = ask(user, method, path, body, headers);
        if (answer.statusCode() < 300) {
          return answer.body().isEmpty() ? MissingNode.getInstance() : json.readTree(answer.body());
        }
        failure =
            new IOException(
                method + " " + path + " answers " + answer.statusCode() + " " + answer.body());
        if (REFUSALS.contains(answer.statusCode())) {
          end = System.nanoTime(); // the next answer would be the same
        }
      } catch (IOException e) {
        failure = new IOException(method + " " + path + " fails: " + e.getClass().getName(), e);
      }
      if (stopping.getAsBoolean() || System.nanoTime() >= end) {
        throw failure;
      }
      Thread.sleep(PAUSE.toMillis());
    }
  }

  private HttpResponse<String> ask(
      String user, String method, String path, String body, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(address + path))
            .timeout(patience)
            .header("Authorization", "Bearer " + token(user))
            .header("Content-Type", "application/json")
            .method(method, BodyPublishers.ofString(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client.send(request.build(), BodyHandlers.ofString());
  }

  private String token(String user) throws IOException {
    String known = tokens.get(user);
    if (known == null) {
      known =
          issuer.of(
              Map.of(
                  "username",
                  user,
                  "name",
                  PEOPLE.get(user),
                  "tenant",
                  TENANT,
                  "roles",
                  user.equals("root") ? "user,admin" : "user"));
      tokens.put(user, known);
    }
    return known;
  }

  /** What a newcomer needs to see next. */
  static String welcome() {
    return """

    Parley is ready at %s

      tenant    %s: users ana, bo, cy, dee and the administrator root (roles user,admin)
      number    %s is Ana's; Carla Client of Acme texts from %s
      token     deploy/local/token ana
      mailbox   http://127.0.0.1:%d?to=bo@demo.example
      carrier   http://127.0.0.1:%d/simulator/outbox
      more      deploy/local/env, status, logs SERVICE, restart SERVICE, kill SERVICE, down

      curl -H "Authorization: Bearer $(deploy/local/token ana)" %s/v1/conversations

    Ctrl-C stops it; the data stay.
    """
        .formatted(
            Plan.ADDRESS,
            TENANT,
            OUR_NUMBER,
            THEIR_NUMBER,
            Plan.MAILBOX,
            Plan.SIMULATOR,
            Plan.ADDRESS);
  }
}
