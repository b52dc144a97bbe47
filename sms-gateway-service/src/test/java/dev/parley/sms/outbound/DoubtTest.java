package dev.parley.sms.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.chassis.BackEnds;
import dev.parley.contracts.Ids;
import dev.parley.contracts.event.DeliveryStatus;
import dev.parley.sms.Carrier;
import dev.parley.sms.Database;
import dev.parley.sms.Dispatch;
import dev.parley.sms.Line;
import dev.parley.sms.Sms;
import dev.parley.sms.WithCarrier;
import dev.parley.sms.provider.ProviderReceipt;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

@QuarkusTest
class DoubtTest extends WithCarrier {
  private static final Duration SOON = Duration.ofSeconds(30);

  @Inject Database database;
  @Inject RecordOutcome record;

  @Test
  void aTextWhoseCarrierHungUpIsLookedUpAndNotSentAgain() {
    Line line = Line.open();
    Carrier.behaves(line.theirs(), Map.of("fail", "timeout", "dropCallbacks", true));
    UUID message = line.write("Did you get this?");
    Sms sms = done(message);
    assertThat(sms.attempts()).isEqualTo(1);
    assertThat(sms.status().rank()).isGreaterThanOrEqualTo(DeliveryStatus.SENDING.rank());
    assertThat(Carrier.outbox(line.theirs()).extract().<String>path("items[0].sid"))
        .isEqualTo(sms.providerId());
    assertThat(Carrier.bodiesTo(line.theirs())).containsExactly("Did you get this?");
  }

  @Test
  void aTextWhoseCarrierHangsIsLookedUpAndNotSentAgain() {
    Line line = Line.open();
    Carrier.behaves(line.theirs(), Map.of("delayMs", 3000, "dropCallbacks", true));
    Sms sms = done(line.write("Slow"));
    assertThat(sms.attempts()).isEqualTo(1);
    assertThat(Carrier.bodiesTo(line.theirs())).containsExactly("Slow");
  }

  @Test
  void equalTextsAreNotTakenForEachOther() {
    Line line = Line.open();
    Carrier.behaves(line.theirs(), Map.of("dropCallbacks", true));
    Sms first = done(line.write("ok"));
    Carrier.behaves(line.theirs(), Map.of("fail", "timeout", "dropCallbacks", true));
    Sms second = done(line.write("ok"));
    assertThat(second.attempts()).isEqualTo(1);
    assertThat(second.providerId()).isNotEqualTo(first.providerId());
    assertThat(Carrier.bodiesTo(line.theirs())).containsExactly("ok", "ok");
  }

  @Test
  void aTextThatTheCarrierNeverGotIsSentAfterItWasLookedUp() {
    Line line = Line.open();
    Carrier.behaves(line.theirs(), Map.of("fail", "unavailable"));
    UUID message = line.write("Lost between claim and call");
    crashAfterClaim(message);
    Carrier.behaves(line.theirs(), Map.of());
    line.toldUntil(message, DeliveryStatus.DELIVERED);
    assertThat(Carrier.bodiesTo(line.theirs())).containsExactly("Lost between claim and call");
  }

  @Test
  void whatACrashLeftIsInDoubtAndHoldsItsPairBack() {
    Line line = Line.open();
    Carrier.behaves(line.theirs(), Map.of("fail", "unavailable"));
    UUID stuck = line.write("First");
    crashAfterClaim(stuck);
    BackEnds.command("stop simulator");
    UUID behind;
    try {
      Awaitility.await()
          .atMost(SOON)
          .until(() -> database.sms(stuck).dispatch() == Dispatch.IN_DOUBT);
      behind = line.write("Second");
      line.told(behind, 1);
      assertThat(database.sms(behind).attempts()).isZero();
      assertThat(database.sms(stuck).attempts()).isPositive();
    } finally {
      BackEnds.command("start simulator");
    }
    done(behind);
    assertThat(Carrier.bodiesTo(line.theirs())).containsExactly("First", "Second");
  }

  @Test
  void aCallbackSettlesTheDoubt() {
    Line line = Line.open();
    Carrier.behaves(line.theirs(), Map.of("fail", "unavailable"));
    UUID message = line.write("Known by its callback");
    crashAfterClaim(message);
    Sms sms = database.sms(message);
    String sid = sid();
    callback("?id=" + sms.id(), sid, "sent");
    Sms settled = done(message);
    assertThat(settled.providerId()).isEqualTo(sid);
    assertThat(settled.status()).isEqualTo(DeliveryStatus.SENT);
    callback("?id=" + sms.id(), sid(), "delivered");
    assertThat(database.sms(message).status()).isEqualTo(DeliveryStatus.SENT);
    assertThat(Carrier.bodiesTo(line.theirs())).isEmpty();
  }

  @Test
  void aStatusThatWasKeptIsAppliedWhenTheSendIsRecorded() {
    Line line = Line.open();
    Carrier.behaves(line.theirs(), Map.of("fail", "unavailable"));
    UUID message = line.write("Told too early");
    line.told(message, 1);
    String sid = sid();
    callback("", sid, "delivered");
    callback("", sid, "sent");
    Sms waiting = database.sms(message);
    record
        .receipt(waiting, new ProviderReceipt(sid, DeliveryStatus.SENDING, null, null, 1))
        .await()
        .atMost(SOON);
    assertThat(line.toldUntil(message, DeliveryStatus.DELIVERED))
        .extracting(delivery -> delivery.status())
        .containsExactly(
            DeliveryStatus.QUEUED,
            DeliveryStatus.SENDING,
            DeliveryStatus.SENT,
            DeliveryStatus.DELIVERED);
    assertThat(database.count("select count(*) from status_event where provider_id = $1", sid))
        .isZero();
    assertThat(database.sms(message).dispatch()).isEqualTo(Dispatch.DONE);
  }

  /** As if the node had died between claiming the text and calling the carrier. */
  private void crashAfterClaim(UUID message) {
    Awaitility.await()
        .atMost(SOON)
        .until(
            () ->
                database
                        .run(
                            "update sms set dispatch = 'sending', attempt_id = $2, due_at = now(),"
                                + " claimed_at = now()"
                                + " where message_id = $1 and dispatch = 'waiting'"
                                + " and attempts > 0",
                            message,
                            Ids.next())
                        .rowCount()
                    == 1);
  }

  private Sms done(UUID message) {
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

  private static String sid() {
    return "SM" + Ids.next().toString().replace("-", "");
  }

  private static void callback(String query, String sid, String status) {
    Map<String, String> form = new LinkedHashMap<>();
    form.put("MessageSid", sid);
    form.put("MessageStatus", status);
    Carrier.calls("/webhooks/twilio/status" + query, form).statusCode(204);
  }
}
