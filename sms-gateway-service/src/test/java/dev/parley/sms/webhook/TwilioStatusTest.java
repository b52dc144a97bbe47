package dev.parley.sms.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;

import dev.parley.contracts.Ids;
import dev.parley.contracts.event.Delivery;
import dev.parley.contracts.event.DeliveryStatus;
import dev.parley.sms.Carrier;
import dev.parley.sms.Database;
import dev.parley.sms.Dispatch;
import dev.parley.sms.EarlyStatuses;
import dev.parley.sms.Line;
import dev.parley.sms.Sms;
import dev.parley.sms.WithCarrier;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

@QuarkusTest
class TwilioStatusTest extends WithCarrier {
  private static final String PATH = "/webhooks/twilio/status";
  private static final Duration SOON = Duration.ofSeconds(30);

  @Inject Database database;
  @Inject EarlyStatuses early;

  @Test
  void everyOrderOfFourStatusesTwiceEndsDelivered() {
    Line line = silent();
    List<List<String>> orders = permutations(List.of("queued", "sending", "sent", "delivered"));
    assertThat(orders).hasSize(24);
    List<UUID> messages = orders.stream().map(order -> line.write("In order " + order)).toList();
    for (int i = 0; i < 24; i++) {
      Sms sms = withCarrier(messages.get(i));
      for (String status : orders.get(i)) {
        tells(sms, status, null).statusCode(204);
        tells(sms, status, null).statusCode(204);
      }
      assertThat(database.sms(sms.messageId()).status()).isEqualTo(DeliveryStatus.DELIVERED);
    }
    database.allTold();
    assertThat(line.all()).containsOnlyKeys(messages);
    line.all().values().forEach(TwilioStatusTest::risesToDelivered);
  }

  @Test
  void everyOrderWithAFailureEndsAsTheSameFailure() {
    Line line = silent();
    List<List<String>> orders = permutations(List.of("queued", "sent", "undelivered"));
    List<UUID> messages = orders.stream().map(order -> line.write("In order " + order)).toList();
    for (int i = 0; i < 6; i++) {
      Sms sms = withCarrier(messages.get(i));
      for (String status : orders.get(i)) {
        String code = status.equals("undelivered") ? "30005" : null;
        tells(sms, status, code).statusCode(204);
      }
    }
    database.allTold();
    Map<UUID, List<Delivery>> told = line.all();
    assertThat(told).containsOnlyKeys(messages);
    for (UUID message : messages) {
      Delivery last = last(told.get(message));
      assertThat(last.status()).isEqualTo(DeliveryStatus.UNDELIVERED);
      assertThat(last.code()).isEqualTo("30005");
      assertThat(last.reason()).isEqualTo("The number does not exist.");
      assertThat(last.to()).isEqualTo(line.theirs());
      assertThat(database.sms(message).status()).isEqualTo(DeliveryStatus.UNDELIVERED);
    }
  }

  @Test
  void aDeliveredTextDoesNotFailAfterwards() {
    Line line = silent();
    UUID message = line.write("Hello");
    Sms sms = withCarrier(message);
    tells(sms, "delivered", null).statusCode(204);
    tells(sms, "failed", "30008").statusCode(204);
    Sms after = database.sms(message);
    assertThat(after.status()).isEqualTo(DeliveryStatus.DELIVERED);
    assertThat(after.code()).isNull();
  }

  @Test
  void callbacksThatOvertakeTheAnswerCount() {
    Line line = Line.open();
    Carrier.behaves(line.theirs(), Map.of("delayMs", 600, "callbackDelayMs", 5));
    UUID message = line.write("Faster than the answer");
    assertThat(line.toldUntil(message, DeliveryStatus.DELIVERED))
        .extracting(Delivery::status)
        .startsWith(DeliveryStatus.QUEUED)
        .endsWith(DeliveryStatus.DELIVERED);
    assertThat(database.sms(message).dispatch()).isEqualTo(Dispatch.DONE);
    assertThat(Carrier.bodiesTo(line.theirs())).containsExactly("Faster than the answer");
  }

  @Test
  void aStatusOfAnUnknownTextIsKeptForADay() {
    String sid = "SM" + Ids.next().toString().replace("-", "");
    String old = "SM" + Ids.next().toString().replace("-", "");
    tell(PATH, sid, "sent", null).statusCode(204);
    tell(PATH, sid, "sent", null).statusCode(204);
    tell(PATH + "?id=" + Ids.next(), sid, "delivered", null).statusCode(204);
    tell(PATH + "?id=nonsense", old, "sent", null).statusCode(204);
    database.run(
        "update status_event set received_at = received_at - interval '24 hours 1 second'"
            + " where provider_id = $1",
        old);
    early.forget().await().atMost(SOON);
    assertThat(
            database.texts(
                "select status from status_event where provider_id = any($1) order by status",
                (Object) new String[] {sid, old}))
        .containsExactly("delivered", "sent");
  }

  @Test
  void whatIsToldAgainWhenItWasToBeForgottenIsKeptFromThenOn() {
    String sid = "SM" + Ids.next().toString().replace("-", "");
    tell(PATH, sid, "sent", null).statusCode(204);
    database.run(
        "update status_event set received_at = received_at - interval '24 hours 1 second'"
            + " where provider_id = $1",
        sid);
    tell(PATH, sid, "sent", null).statusCode(204);
    early.forget().await().atMost(SOON);
    assertThat(database.texts("select status from status_event where provider_id = $1", sid))
        .containsExactly("sent");
  }

  @Test
  void aBadSignatureChangesNothing() {
    Line line = silent();
    UUID message = line.write("Hello");
    Sms sms = withCarrier(message);
    Map<String, String> form = form(sms.providerId(), "delivered", null);
    String path = PATH + "?id=" + sms.id();
    String good = Carrier.sign("http://127.0.0.1:" + io.restassured.RestAssured.port + path, form);
    Carrier.calls(path, form, null).statusCode(403).body("code", equalTo("bad_signature"));
    Carrier.calls(PATH + "?id=" + Ids.next(), form, good).statusCode(403);
    Carrier.calls(PATH, form, good).statusCode(403);
    assertThat(database.sms(message).status()).isEqualTo(DeliveryStatus.SENDING);
    Carrier.calls(path, form, good).statusCode(204);
    assertThat(database.sms(message).status()).isEqualTo(DeliveryStatus.DELIVERED);
  }

  @Test
  void whatCannotBeReadIsRefusedNamingTheField() {
    for (String field : List.of("MessageSid", "MessageStatus")) {
      Map<String, String> form = form("SM1", "sent", null);
      form.remove(field);
      Carrier.calls(PATH, form).statusCode(400).body("violations.field", contains(field));
    }
  }

  @Test
  void aStatusThatWeDoNotKnowIsPassedOver() {
    String sid = "SM" + Ids.next().toString().replace("-", "");
    tell(PATH, sid, "teleported", null).statusCode(204);
    assertThat(database.count("select count(*) from status_event where provider_id = $1", sid))
        .isZero();
  }

  private static void risesToDelivered(List<Delivery> told) {
    assertThat(told)
        .extracting(delivery -> delivery.status().rank())
        .isSorted()
        .doesNotHaveDuplicates();
    assertThat(last(told).status()).isEqualTo(DeliveryStatus.DELIVERED);
  }

  /** A line whose carrier takes texts and tells nothing of them. */
  private static Line silent() {
    Line line = Line.open();
    Carrier.behaves(line.theirs(), Map.of("dropCallbacks", true));
    return line;
  }

  private Sms withCarrier(UUID message) {
    Awaitility.await()
        .atMost(SOON)
        .until(
            () ->
                database.count(
                        "select count(*) from sms where message_id = $1 and dispatch = 'done'",
                        message)
                    == 1);
    return database.sms(message);
  }

  private static io.restassured.response.ValidatableResponse tells(
      Sms sms, String status, String code) {
    return tell(PATH + "?id=" + sms.id(), sms.providerId(), status, code);
  }

  private static io.restassured.response.ValidatableResponse tell(
      String path, String sid, String status, String code) {
    return Carrier.calls(path, form(sid, status, code));
  }

  private static Map<String, String> form(String sid, String status, String code) {
    Map<String, String> form = new LinkedHashMap<>();
    form.put("MessageSid", sid);
    form.put("MessageStatus", status);
    form.put("ApiVersion", "2010-04-01");
    if (code != null) {
      form.put("ErrorCode", code);
    }
    return form;
  }

  private static Delivery last(List<Delivery> all) {
    return all.get(all.size() - 1);
  }

  private static List<List<String>> permutations(List<String> of) {
    if (of.isEmpty()) {
      return List.of(List.of());
    }
    List<List<String>> all = new ArrayList<>();
    for (String first : new LinkedHashSet<>(of)) {
      List<String> rest = new ArrayList<>(of);
      rest.remove(first);
      for (List<String> tail : permutations(rest)) {
        List<String> order = new ArrayList<>(List.of(first));
        order.addAll(tail);
        all.add(order);
      }
    }
    return all;
  }
}
