package dev.parley.sms.webhook;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;

import dev.parley.chassis.BackEnds;
import dev.parley.chassis.Wire;
import dev.parley.contracts.Envelope;
import dev.parley.contracts.Ids;
import dev.parley.contracts.Json;
import dev.parley.contracts.Schemas;
import dev.parley.contracts.Topics;
import dev.parley.contracts.event.Media;
import dev.parley.contracts.event.SmsReceived;
import dev.parley.sms.Carrier;
import dev.parley.sms.Database;
import dev.parley.sms.Line;
import dev.parley.sms.WithCarrier;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class TwilioMessagesTest extends WithCarrier {
  private static final String PATH = "/webhooks/twilio/messages";
  @Inject Database database;

  private final String sid = "SM" + Ids.next().toString().replace("-", "");
  private Line line;

  @BeforeEach
  void aNumberThatAnaHolds() {
    line = Line.open();
  }

  @Test
  void aTextIsToldOnceWithAllThatTheOthersNeed() {
    Instant before = Instant.now();
    Carrier.calls(PATH, text("Is it *still* on? 😀 ç")).statusCode(200);
    ConsumerRecord<String, byte[]> record = told(sid).get(0);
    Schemas.validate(record.value());
    assertThat(record.key()).isEqualTo(line.tenant() + "|" + line.own() + "|" + line.theirs());
    Envelope event = Json.read(record.value(), Envelope.class);
    assertThat(event.type()).isEqualTo("sms.received");
    assertThat(event.tenant()).isEqualTo(line.tenant());
    assertThat(event.conversationId()).isNull();
    assertThat(event.actor().kind()).isEqualTo("phone");
    assertThat(event.actor().id()).isEqualTo(line.theirs());
    SmsReceived sms = event.data(SmsReceived.class);
    assertThat(sms.messageId()).isEqualTo(Ids.named(sms.receivedAt(), "twilio", sid));
    assertThat(sms.provider()).isEqualTo("twilio");
    assertThat(sms.providerMessageId()).isEqualTo(sid);
    assertThat(sms.ownNumber()).isEqualTo(line.own());
    assertThat(sms.theirNumber()).isEqualTo(line.theirs());
    assertThat(sms.body()).isEqualTo("Is it *still* on? 😀 ç");
    assertThat(sms.media()).isEmpty();
    assertThat(sms.holderId()).isEqualTo("ana");
    assertThat(sms.receivedAt()).isBetween(before.minusMillis(1), Instant.now());
    assertThat(database.texts("select raw->>'Body' from inbound_event where provider_id = $1", sid))
        .containsExactly("Is it *still* on? 😀 ç");
  }

  @Test
  void aShortCodeAndANameAreSendersToo() {
    for (String sender : List.of("72975", "MyBank", "Dr. No & Co")) {
      String id = "SM" + Ids.next().toString().replace("-", "");
      Map<String, String> form = new LinkedHashMap<>(text("Your code is 1234"));
      form.put("MessageSid", id);
      form.put("From", sender);
      Carrier.calls(PATH, form).statusCode(200);
      ConsumerRecord<String, byte[]> record = told(id).get(0);
      Schemas.validate(record.value());
      assertThat(record.key()).isEqualTo(line.tenant() + "|" + line.own() + "|" + sender);
      assertThat(sms(record).theirNumber()).isEqualTo(sender);
    }
  }

  @Test
  void theAnswerIsAnEmptyResponse() {
    var answer = Carrier.calls(PATH, text("Hello")).statusCode(200).extract();
    assertThat(answer.contentType()).startsWith("text/xml");
    assertThat(answer.asString()).isEqualTo("<Response/>");
  }

  @Test
  void theSimulatorsOwnSignatureFits() {
    Carrier.inbound(
            Map.of("from", line.theirs(), "to", line.own(), "body", "Hi & bye + 1", "sid", sid))
        .statusCode(200)
        .body("status", equalTo(200))
        .body("body", equalTo("<Response/>"));
    assertThat(sms(told(sid).get(0)).body()).isEqualTo("Hi & bye + 1");
  }

  @Test
  void fiftyEqualCallsAtOnceAreOneText() {
    Map<String, String> form = text("Only once");
    ExecutorService callers = Executors.newFixedThreadPool(50);
    try {
      List<CompletableFuture<Integer>> answers =
          IntStream.range(0, 50)
              .mapToObj(
                  i ->
                      CompletableFuture.supplyAsync(
                          () -> Carrier.calls(PATH, form).extract().statusCode(), callers))
              .toList();
      assertThat(answers.stream().map(CompletableFuture::join)).hasSize(50).containsOnly(200);
    } finally {
      callers.shutdownNow();
    }
    database.allTold();
    assertThat(told(sid)).hasSize(1);
    assertThat(stored(sid)).isEqualTo(1);
  }

  @Test
  void mediaAreToldAndNotFetched() {
    Map<String, String> form = text("");
    form.put("NumMedia", "2");
    form.put("MediaUrl0", "https://api.twilio.example/m/0");
    form.put("MediaContentType0", "image/jpeg");
    form.put("MediaUrl1", "https://api.twilio.example/m/1");
    form.put("MediaContentType1", "video/mp4");
    Carrier.calls(PATH, form).statusCode(200);
    assertThat(sms(told(sid).get(0)).media())
        .containsExactly(
            new Media("https://api.twilio.example/m/0", "image/jpeg"),
            new Media("https://api.twilio.example/m/1", "video/mp4"));
  }

  @Test
  void aBadSignatureLeavesNothingBehind() {
    Map<String, String> form = text("Forged");
    String good = Carrier.sign("http://127.0.0.1:" + io.restassured.RestAssured.port + PATH, form);
    for (String bad :
        new String[] {null, "", "nonsense", good.toLowerCase(java.util.Locale.ROOT)}) {
      Carrier.calls(PATH, form, bad)
          .statusCode(403)
          .contentType("application/problem+json")
          .body("code", equalTo("bad_signature"));
    }
    Map<String, String> changed = new LinkedHashMap<>(form);
    changed.put("Body", "Changed");
    Carrier.calls(PATH, changed, good).statusCode(403);
    Map<String, String> added = new LinkedHashMap<>(form);
    added.put("Added", "1");
    Carrier.calls(PATH, added, good).statusCode(403);
    Carrier.calls(PATH + "?x=1", form, good).statusCode(403);
    assertThat(stored(sid)).isZero();
    database.allTold();
    assertThat(told(sid)).isEmpty();
    Carrier.calls(PATH, form, good).statusCode(200);
    assertThat(stored(sid)).isEqualTo(1);
  }

  @Test
  void whatCannotBeReadIsRefusedNamingTheField() {
    for (String field : List.of("MessageSid", "To", "From")) {
      Map<String, String> form = text("x");
      form.remove(field);
      Carrier.calls(PATH, form).statusCode(400).body("violations.field", contains(field));
    }
    for (String sender : List.of("+0", "a|b", "whatsapp:+15551230100", " ")) {
      Map<String, String> form = text("x");
      form.put("From", sender);
      Carrier.calls(PATH, form).statusCode(400).body("violations.field", contains("From"));
    }
    Map<String, String> media = text("x");
    media.put("NumMedia", "11");
    Carrier.calls(PATH, media).statusCode(400).body("violations.field", contains("NumMedia"));
    for (String body : List.of("", "a=%zz", "Body=1&Body=2")) {
      given()
          .contentType("application/x-www-form-urlencoded")
          .body(body)
          .post(PATH)
          .then()
          .statusCode(400)
          .body("detail", containsString("form"))
          .body("violations.field", contains("$"));
    }
    assertThat(stored(sid)).isZero();
  }

  @Test
  void anUnknownNumberIsNotFound() {
    Map<String, String> form = text("x");
    form.put("To", Line.newNumber());
    Carrier.calls(PATH, form).statusCode(404).body("code", equalTo("not_found"));
    assertThat(stored(sid)).isZero();
  }

  @Test
  void aTextThatCannotBeStoredIsRefusedUntilItCan() {
    Map<String, String> form = text("Safe or refused");
    BackEnds.command("stop postgres");
    try {
      Carrier.calls(PATH, form)
          .statusCode(503)
          .header("Retry-After", notNullValue())
          .body("code", equalTo("unavailable"));
    } finally {
      BackEnds.command("start postgres");
    }
    org.awaitility.Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() -> Carrier.calls(PATH, form).statusCode(200));
    assertThat(told(sid)).hasSize(1);
    assertThat(stored(sid)).isEqualTo(1);
  }

  private Map<String, String> text(String body) {
    Map<String, String> form = new LinkedHashMap<>();
    form.put("ToCountry", "US");
    form.put("MessageSid", sid);
    form.put("NumMedia", "0");
    form.put("From", line.theirs());
    form.put("To", line.own());
    form.put("Body", body);
    form.put("AccountSid", BackEnds.endpoint("TWILIO_ACCOUNT_SID"));
    return form;
  }

  private long stored(String providerId) {
    return database.count("select count(*) from inbound_event where provider_id = $1", providerId);
  }

  private List<ConsumerRecord<String, byte[]>> told(String providerId) {
    database.allTold();
    return Wire.all(Topics.SMS_INBOUND.name()).stream()
        .filter(record -> sms(record).providerMessageId().equals(providerId))
        .toList();
  }

  private static SmsReceived sms(ConsumerRecord<String, byte[]> record) {
    return Json.read(record.value(), Envelope.class).data(SmsReceived.class);
  }
}
