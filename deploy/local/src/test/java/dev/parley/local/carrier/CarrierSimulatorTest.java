package dev.parley.local.carrier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parley.local.process.Ports;
import dev.parley.local.web.Reply;
import dev.parley.local.web.Request;
import dev.parley.local.web.Web;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CarrierSimulatorTest {
  private static final Account ACCOUNT = Account.LOCAL;
  private static final String OURS = "+14155550100";
  private static final String THEIRS = "+14155550123";

  private final ObjectMapper json = new ObjectMapper();
  private final HttpClient client = HttpClient.newHttpClient();
  private final List<Request> told = new CopyOnWriteArrayList<>();
  private final int port = Ports.free();
  private final String messages =
      "http://127.0.0.1:" + port + "/2010-04-01/Accounts/" + ACCOUNT.sid() + "/Messages";
  private CarrierSimulator carrier;
  private Web customer;
  private String base;

  @BeforeEach
  void start() throws IOException {
    customer =
        Web.serve(
            Ports.free(),
            request -> {
              told.add(request);
              return request.path().endsWith("/status")
                  ? new Reply(204, Map.of(), new byte[0])
                  : new Reply(200, Map.of(), "<Response/>".getBytes(StandardCharsets.UTF_8));
            });
    base = "http://127.0.0.1:" + customer.port();
    carrier = CarrierSimulator.start(port, ACCOUNT, base, Clock.systemUTC());
  }

  @AfterEach
  void stop() {
    carrier.close();
    customer.close();
  }

  @Test
  void sendIsAnsweredInTwiliosShape() throws Exception {
    HttpResponse<String> answer = send(Map.of("To", THEIRS, "From", OURS, "Body", "Hello"));

    assertThat(answer.statusCode()).isEqualTo(201);
    JsonNode message = json.readTree(answer.body());
    assertThat(message.path("sid").asText()).matches("SM[0-9a-f]{32}");
    assertThat(message.path("status").asText()).isEqualTo("queued");
    assertThat(message.path("direction").asText()).isEqualTo("outbound-api");
    assertThat(message.path("num_segments").asText()).isEqualTo("1");
    assertThat(message.path("account_sid").asText()).isEqualTo(ACCOUNT.sid());
    assertThat(message.path("date_created").asText()).endsWith(" +0000");
    assertThat(message.path("error_code").isNull()).isTrue();
  }

  @Test
  void refusesWhatTwilioRefuses() throws Exception {
    assertError(send(Map.of("To", "12", "From", OURS, "Body", "x")), 400, 21211);
    assertError(send(Map.of("From", OURS, "Body", "x")), 400, 21604);
    assertError(send(Map.of("To", THEIRS, "From", "us", "Body", "x")), 400, 21212);
    assertError(send(Map.of("To", THEIRS, "From", OURS)), 400, 21602);
    assertError(send(Map.of("To", THEIRS, "From", OURS, "Body", "x".repeat(1601))), 400, 21617);
    HttpRequest stranger =
        HttpRequest.newBuilder(URI.create(messages + ".json"))
            .POST(BodyPublishers.ofString(form(Map.of("To", THEIRS))))
            .build();
    assertError(client.send(stranger, BodyHandlers.ofString()), 401, 20003);
    assertThat(get("/simulator/outbox").path("items")).isEmpty();
  }

  @Test
  void statusesAreToldInOrderAndSigned() throws Exception {
    String url = base + "/webhooks/twilio/status?m=1";
    send(Map.of("To", THEIRS, "From", OURS, "Body", "Hello", "StatusCallback", url));

    await().atMost(Duration.ofSeconds(5)).until(() -> told.size() == 3);
    assertThat(told.stream().map(r -> r.form().get("MessageStatus").get(0)))
        .containsExactly("queued", "sent", "delivered");
    for (Request callback : told) {
      assertThat(callback.headers().getFirst("X-Twilio-Signature"))
          .isEqualTo(TwilioSignature.of(ACCOUNT.token(), url, callback.form()));
    }
    JsonNode item = get("/simulator/outbox?to=" + THEIRS).path("items").path(0);
    assertThat(item.path("status").asText()).isEqualTo("delivered");
    await()
        .atMost(Duration.ofSeconds(5))
        .until(() -> get("/simulator/outbox").at("/items/0/callbacks").size() == 3);
    assertThat(get("/simulator/outbox").at("/items/0/callbacks/2/answer").asInt()).isEqualTo(204);
  }

  @Test
  void failsDropsAndDuplicatesOnDemand() throws Exception {
    String url = base + "/webhooks/twilio/status";
    Map<String, String> text =
        Map.of("To", THEIRS, "From", OURS, "Body", "Hello", "StatusCallback", url);

    behave("{'to': '%s', 'fail': 30003, 'duplicateCallbacks': true}");
    send(text);
    await().atMost(Duration.ofSeconds(5)).until(() -> told.size() == 6);
    Map<String, List<String>> last = told.get(5).form();
    assertThat(last.get("MessageStatus")).containsExactly("undelivered");
    assertThat(last.get("ErrorCode")).containsExactly("30003");

    behave("{'to': '%s', 'fail': 21610}");
    assertError(send(text), 400, 21610);

    behave("{'to': '%s', 'fail': 'unavailable'}");
    assertThat(send(text).statusCode()).isEqualTo(503);

    behave("{'to': '%s', 'dropCallbacks': true}");
    assertThat(send(text).statusCode()).isEqualTo(201);
    await()
        .atMost(Duration.ofSeconds(5))
        .until(() -> get("/simulator/outbox").at("/items/1/status").asText().equals("delivered"));
    assertThat(told).hasSize(6);
    assertThat(get("/simulator/outbox").path("items")).hasSize(2);

    behave("{'to': '%s'}");
    send(text);
    await().atMost(Duration.ofSeconds(5)).until(() -> told.size() == 9);
  }

  @Test
  void aCallInDoubtCanBeLookedUp() throws Exception {
    behave("{'to': '%s', 'fail': 'timeout'}");
    assertThatThrownBy(() -> send(Map.of("To", THEIRS, "From", OURS, "Body", "Did it go?")))
        .isInstanceOf(IOException.class);

    HttpResponse<String> found =
        fetch(
            messages
                + ".json?To="
                + encoded(THEIRS)
                + "&From="
                + encoded(OURS)
                + "&DateSent%3E=2020-01-01");
    JsonNode list = json.readTree(found.body()).path("messages");
    assertThat(list).hasSize(1);
    assertThat(list.at("/0/body").asText()).isEqualTo("Did it go?");
    String sid = list.at("/0/sid").asText();
    assertThat(json.readTree(fetch(messages + "/" + sid + ".json").body()).path("sid").asText())
        .isEqualTo(sid);
    assertThat(fetch(messages + "/SMnone.json").statusCode()).isEqualTo(404);
    assertThat(
            json.readTree(fetch(messages + ".json?DateSent%3E=2999-01-01").body()).path("messages"))
        .isEmpty();
  }

  @Test
  void inboundCallsTheSignedWebhookAndAnswersItsStatus() throws Exception {
    HttpResponse<String> answer =
        post(
            "/simulator/inbound",
            "{'from': '%s', 'to': '%s', 'body': 'Hi & bye', 'media': ['http://x/1.png']}"
                .formatted(THEIRS, OURS));

    assertThat(answer.statusCode()).isEqualTo(200);
    JsonNode body = json.readTree(answer.body());
    assertThat(body.path("status").asInt()).isEqualTo(200);
    assertThat(body.path("body").asText()).isEqualTo("<Response/>");
    Request webhook = told.get(0);
    assertThat(webhook.path()).isEqualTo("/webhooks/twilio/messages");
    assertThat(webhook.form().get("MessageSid")).containsExactly(body.path("sid").asText());
    assertThat(webhook.form().get("Body")).containsExactly("Hi & bye");
    assertThat(webhook.form().get("From")).containsExactly(THEIRS);
    assertThat(webhook.form().get("MediaUrl0")).containsExactly("http://x/1.png");
    assertThat(webhook.headers().getFirst("X-Twilio-Signature"))
        .isEqualTo(
            TwilioSignature.of(
                ACCOUNT.token(), base + "/webhooks/twilio/messages", webhook.form()));
  }

  @Test
  void inboundIsSignedAsItIsTold() throws Exception {
    post(
        "/simulator/inbound",
        "{'from': '%s', 'to': '%s', 'body': 'x', 'signature': 'forged'}".formatted(THEIRS, OURS));
    assertThat(told.get(0).headers().getFirst("X-Twilio-Signature")).isEqualTo("forged");
  }

  @Test
  void inboundTellsWhenNobodyAnswers() throws Exception {
    post("/simulator/webhook", "{'base': 'http://127.0.0.1:%d'}".formatted(Ports.free()));
    HttpResponse<String> answer =
        post(
            "/simulator/inbound",
            "{'from': '%s', 'to': '%s', 'body': 'x', 'sid': 'SM1'}".formatted(THEIRS, OURS));
    assertThat(answer.statusCode()).isEqualTo(502);
    assertThat(json.readTree(answer.body()).path("sid").asText()).isEqualTo("SM1");
    assertThat(post("/simulator/inbound", "{'from': '+1'}").statusCode()).isEqualTo(400);
  }

  private void behave(String body) throws Exception {
    assertThat(post("/simulator/behaviour", body.formatted(THEIRS)).statusCode()).isEqualTo(204);
  }

  private HttpResponse<String> send(Map<String, String> fields) throws Exception {
    return client.send(
        authorized(messages + ".json").POST(BodyPublishers.ofString(form(fields))).build(),
        BodyHandlers.ofString());
  }

  private HttpResponse<String> fetch(String url) throws Exception {
    return client.send(authorized(url).build(), BodyHandlers.ofString());
  }

  private static HttpRequest.Builder authorized(String url) {
    String credentials = ACCOUNT.sid() + ":" + ACCOUNT.token();
    return HttpRequest.newBuilder(URI.create(url))
        .header("Content-Type", "application/x-www-form-urlencoded")
        .header(
            "Authorization",
            "Basic "
                + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8)));
  }

  private HttpResponse<String> post(String path, String body) throws Exception {
    return client.send(
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .POST(BodyPublishers.ofString(body.replace('\'', '"')))
            .build(),
        BodyHandlers.ofString());
  }

  private JsonNode get(String path) throws Exception {
    return json.readTree(
        client
            .send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build(),
                BodyHandlers.ofString())
            .body());
  }

  private void assertError(HttpResponse<String> answer, int status, int code) throws Exception {
    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(json.readTree(answer.body()).path("code").asInt()).isEqualTo(code);
    assertThat(json.readTree(answer.body()).path("status").asInt()).isEqualTo(status);
  }

  private static String form(Map<String, String> fields) {
    return fields.entrySet().stream()
        .map(field -> field.getKey() + "=" + encoded(field.getValue()))
        .collect(Collectors.joining("&"));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
