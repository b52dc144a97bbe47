package dev.parley.sms.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.chassis.Wire;
import dev.parley.contracts.Actor;
import dev.parley.contracts.Envelope;
import dev.parley.contracts.EventType;
import dev.parley.contracts.Topics;
import dev.parley.contracts.event.AuthorKind;
import dev.parley.contracts.event.Delivery;
import dev.parley.contracts.event.DeliveryStatus;
import dev.parley.contracts.event.Message;
import dev.parley.contracts.event.MessageKind;
import dev.parley.contracts.event.Visibility;
import dev.parley.sms.Carrier;
import dev.parley.sms.Database;
import dev.parley.sms.Line;
import dev.parley.sms.WithCarrier;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.hamcrest.Matchers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
class DispatchTest extends WithCarrier {
  private static final Duration SOON = Duration.ofSeconds(30);

  @Inject Database database;

  @Test
  void aMessageLeavesFromOurNumberAndIsDelivered() {
    Line line = Line.open();
    UUID message = line.write("**Yes**, see [this](https://a.example)");
    assertThat(line.toldUntil(message, DeliveryStatus.DELIVERED))
        .extracting(Delivery::status)
        .containsExactly(
            DeliveryStatus.QUEUED,
            DeliveryStatus.SENDING,
            DeliveryStatus.SENT,
            DeliveryStatus.DELIVERED);
    assertThat(line.all().get(message))
        .allSatisfy(
            delivery -> {
              assertThat(delivery.to()).isEqualTo(line.theirs());
              assertThat(delivery.segments()).isEqualTo(1);
              assertThat(delivery.code()).isNull();
            });
    Carrier.outbox(line.theirs())
        .body("items.from", Matchers.contains(line.own()))
        .body("items.body", Matchers.contains("Yes, see this (https://a.example)"))
        .body(
            "items[0].statusCallback",
            Matchers.endsWith("/webhooks/twilio/status?id=" + database.sms(message).id()));
  }

  @Test
  void aMessageThatTheLogTellsThreeTimesIsOneText() {
    Line line = Line.open();
    Message message = staff(line, "Once");
    Envelope event = line.say(message);
    Wire.publish(Topics.TIMELINE, event);
    line.toldUntil(message.id(), DeliveryStatus.DELIVERED);
    Wire.publish(Topics.TIMELINE, event);
    UUID next = line.write("Next");
    line.toldUntil(next, DeliveryStatus.DELIVERED);
    assertThat(Carrier.bodiesTo(line.theirs())).containsExactly("Once", "Next");
    assertThat(line.all().get(message.id())).hasSize(4);
  }

  @Test
  void textsOfAPairLeaveInTheOrderTheyWereWritten() {
    Line line = Line.open();
    List<String> bodies = new ArrayList<>();
    UUID last = null;
    for (int i = 0; i < 20; i++) {
      bodies.add("Text " + i);
      last = line.write("Text " + i);
    }
    line.toldUntil(last, DeliveryStatus.SENDING);
    assertThat(Carrier.bodiesTo(line.theirs())).containsExactlyElementsOf(bodies);
  }

  @Test
  void onlyWhatStaffSayToTheOutsideLeaves() {
    Line line = Line.open();
    line.say(line.message("note", MessageKind.USER, AuthorKind.USER, Visibility.INTERNAL));
    line.say(line.message("pill", MessageKind.SYSTEM, AuthorKind.SYSTEM, Visibility.ALL));
    line.say(line.message("theirs", MessageKind.USER, AuthorKind.PHONE, Visibility.ALL));
    UUID said = line.write("said");
    line.toldUntil(said, DeliveryStatus.DELIVERED);
    assertThat(Carrier.bodiesTo(line.theirs())).containsExactly("said");
    assertThat(texts(line)).isEqualTo(1);
  }

  @Test
  void otherConversationsAndOtherTenantsMessagesStayInside() {
    Line group = Line.group();
    group.write("in the group");
    Line line = Line.open();
    Message foreign = staff(line, "from elsewhere");
    Wire.publish(
        Topics.TIMELINE,
        Envelope.of(
            EventType.MESSAGE_CREATED,
            group.tenant(),
            line.conversation(),
            Actor.SYSTEM,
            foreign.at(),
            foreign));
    line.toldUntil(line.write("said"), DeliveryStatus.DELIVERED);
    assertThat(Carrier.bodiesTo(line.theirs())).containsExactly("said");
    assertThat(texts(line)).isEqualTo(1);
    assertThat(Carrier.bodiesTo(group.theirs())).isEmpty();
    assertThat(texts(group)).isZero();
  }

  @Test
  void whatCanNeverBeSentFailsAtOnce() {
    Line nowhere = Line.withoutNumber();
    UUID message = nowhere.write("From no number");
    assertFailed(nowhere, message, "no_sms_number", "Our number is not set up for texts.");
    Line line = Line.open();
    assertFailed(
        line,
        line.write("x".repeat(1601)),
        "sms_too_long",
        "The text is longer than 1,600 characters.");
    assertFailed(line, line.write("> "), "no_text", "There is no text to send.");
    Line bank = Line.to("MyBank");
    assertFailed(
        bank, bank.write("Thanks"), "not_answerable", "Short codes and names take no answers.");
    line.toldUntil(line.write("x".repeat(1600)), DeliveryStatus.DELIVERED);
    assertThat(Carrier.bodiesTo(line.theirs())).containsExactly("x".repeat(1600));
  }

  @Test
  void theLengthIsCountedAsAPersonCounts() {
    Line line = Line.open();
    assertFailed(
        line,
        line.write("😀".repeat(1601)),
        "sms_too_long",
        "The text is longer than 1,600 characters.");
    line.toldUntil(line.write("😀".repeat(1600)), DeliveryStatus.DELIVERED);
    assertThat(Carrier.bodiesTo(line.theirs())).containsExactly("😀".repeat(1600));
  }

  @ParameterizedTest
  @CsvSource({
    "21211, failed, This is not a valid phone number.",
    "21610, blocked, The recipient opted out of our texts.",
    "30003, undelivered, The phone cannot be reached; it may be switched off.",
    "30034, failed, Our number is not registered for business texts."
  })
  void aFailureIsToldWithItsCodeAndInWords(String code, String status, String reason) {
    Line line = Line.open();
    Carrier.behaves(line.theirs(), Map.of("fail", code));
    UUID message = line.write("Hello?");
    Delivery last = last(line.toldUntil(message, DeliveryStatus.of(status)));
    assertThat(last.status().wire()).isEqualTo(status);
    assertThat(last.code()).isEqualTo(code);
    assertThat(last.reason()).isEqualTo(reason);
  }

  @Test
  void aThrottledTextWaitsAndLeavesOnce() {
    Line line = Line.open();
    Carrier.behaves(line.theirs(), Map.of("fail", "20429"));
    UUID message = line.write("Patience");
    tried(message, 1);
    Carrier.behaves(line.theirs(), Map.of());
    line.toldUntil(message, DeliveryStatus.DELIVERED);
    assertThat(Carrier.bodiesTo(line.theirs())).containsExactly("Patience");
  }

  @Test
  void aTextWaitsForACarrierThatIsOutOfServiceAndLeavesOnce() {
    Line line = Line.open();
    Carrier.behaves(line.theirs(), Map.of("fail", "unavailable"));
    UUID message = line.write("Later");
    tried(message, 3);
    assertThat(line.all().get(message))
        .extracting(Delivery::status)
        .containsExactly(DeliveryStatus.QUEUED);
    Carrier.behaves(line.theirs(), Map.of());
    line.toldUntil(message, DeliveryStatus.DELIVERED);
    assertThat(Carrier.bodiesTo(line.theirs())).containsExactly("Later");
  }

  private static Message staff(Line line, String body) {
    return line.message(body, MessageKind.USER, AuthorKind.USER, Visibility.ALL);
  }

  private static void assertFailed(Line line, UUID message, String code, String reason) {
    assertThat(line.told(message, 1))
        .singleElement()
        .satisfies(
            delivery -> {
              assertThat(delivery.status()).isEqualTo(DeliveryStatus.FAILED);
              assertThat(delivery.code()).isEqualTo(code);
              assertThat(delivery.reason()).isEqualTo(reason);
            });
  }

  private void tried(UUID message, int times) {
    Awaitility.await()
        .atMost(SOON)
        .until(
            () ->
                database.count(
                        "select coalesce(max(attempts), 0) from sms where message_id = $1", message)
                    >= times);
  }

  private long texts(Line line) {
    return database.count(
        "select count(*) from sms where conversation_id = $1", line.conversation());
  }

  private static Delivery last(List<Delivery> all) {
    return all.get(all.size() - 1);
  }
}
