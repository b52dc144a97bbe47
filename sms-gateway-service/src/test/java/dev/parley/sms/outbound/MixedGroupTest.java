package dev.parley.sms.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.chassis.consume.Received;
import dev.parley.contracts.Envelope;
import dev.parley.contracts.Json;
import dev.parley.contracts.Topics;
import dev.parley.contracts.event.AuthorKind;
import dev.parley.contracts.event.Delivery;
import dev.parley.contracts.event.DeliveryStatus;
import dev.parley.contracts.event.Visibility;
import dev.parley.sms.Carrier;
import dev.parley.sms.Crm;
import dev.parley.sms.Database;
import dev.parley.sms.Line;
import dev.parley.sms.MixedGroup;
import dev.parley.sms.WithCarrier;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.hamcrest.Matchers;
import org.junit.jupiter.api.Test;

/** Groups with outside numbers (product.md §5). */
@QuarkusTest
class MixedGroupTest extends WithCarrier {
  private static final Duration SOON = Duration.ofSeconds(30);

  @Inject Database database;
  @Inject TimelineEvents consumer;

  private final String one = Line.newNumber();
  private final String two = Line.newNumber();
  private final String three = Line.newNumber();

  @Test
  void whatAUserSaysGoesToEachNumberUnderTheUsersName() {
    MixedGroup group = MixedGroup.of(one, two);
    Envelope said = group.said("The van is **here**");
    group.tell(said);
    Map<String, List<Delivery>> told = group.toldUntil(said, DeliveryStatus.DELIVERED, 2);
    assertThat(told).containsOnlyKeys(one, two);
    assertThat(told.values())
        .allSatisfy(
            deliveries ->
                assertThat(deliveries)
                    .extracting(Delivery::status)
                    .containsExactly(
                        DeliveryStatus.QUEUED,
                        DeliveryStatus.SENDING,
                        DeliveryStatus.SENT,
                        DeliveryStatus.DELIVERED));
    for (String number : List.of(one, two)) {
      Carrier.outbox(number)
          .body("items.from", Matchers.contains(group.own()))
          .body("items.body", Matchers.contains("Ana Öz: The van is here"));
    }
  }

  @Test
  void whatAnOutsiderTextsGoesToAllOthersAsItCame() {
    MixedGroup group = MixedGroup.of(one, two, three);
    Envelope named = group.texted(one, "Cem", "2 *or* 3?");
    Envelope unnamed = group.texted(two, two, "Three");
    group.tell(named, unnamed);
    group.toldUntil(named, DeliveryStatus.DELIVERED, 2);
    group.toldUntil(unnamed, DeliveryStatus.DELIVERED, 2);
    assertThat(Carrier.bodiesTo(one)).containsExactly(two + ": Three");
    assertThat(Carrier.bodiesTo(two)).containsExactly("Cem: 2 *or* 3?");
    assertThat(Carrier.bodiesTo(three)).containsExactly("Cem: 2 *or* 3?", two + ": Three");
  }

  @Test
  void notesAndWhatTheSystemSaysStayInside() {
    MixedGroup group = MixedGroup.of(one);
    group.tell(
        group.message("note", "ana", AuthorKind.USER, "Ana", Visibility.INTERNAL, List.of()),
        group.message("pill", null, AuthorKind.SYSTEM, "system", Visibility.ALL, List.of()));
    Envelope said = group.said("said");
    group.tell(said);
    group.toldUntil(said, DeliveryStatus.DELIVERED, 1);
    assertThat(Carrier.bodiesTo(one)).containsExactly("Ana Öz: said");
    assertThat(texts(group)).isEqualTo(1);
  }

  @Test
  void aMessageGoesToWhoTakesPartAtItsPlaceHoweverOftenItIsTold() {
    MixedGroup group = MixedGroup.of(one, two);
    Envelope first = group.said("first");
    Envelope comes = group.added(three);
    Envelope second = group.said("second");
    Envelope goes = group.removed(one);
    Envelope third = group.said("third");
    group.tell(first, comes, second, goes, third);
    group.toldUntil(third, DeliveryStatus.DELIVERED, 2);
    group.tell(first, comes, second, goes, third);
    Envelope back = group.added(one);
    Envelope fourth = group.said("fourth");
    group.tell(back, fourth, first, second, third);
    Envelope last = group.said("last");
    group.tell(last);
    group.toldUntil(last, DeliveryStatus.DELIVERED, 3);
    assertThat(Carrier.bodiesTo(one)).containsExactly(saidBy("first", "second", "fourth", "last"));
    assertThat(Carrier.bodiesTo(two))
        .containsExactly(saidBy("first", "second", "third", "fourth", "last"));
    assertThat(Carrier.bodiesTo(three))
        .containsExactly(saidBy("second", "third", "fourth", "last"));
  }

  @Test
  void aRemovalThatIsToldBeforeItsBeginningCountsAsWell() {
    MixedGroup group = MixedGroup.of(one);
    Envelope comes = group.added(two);
    Envelope between = group.said("between");
    Envelope goes = group.removed(two);
    Envelope after = group.said("after");
    group.tell(goes, comes, after, between);
    group.toldUntil(after, DeliveryStatus.DELIVERED, 1);
    group.toldUntil(between, DeliveryStatus.DELIVERED, 2);
    assertThat(Carrier.bodiesTo(two)).containsExactly(saidBy("between"));
  }

  @Test
  void twoNodesThatReadTheSameAtOnceSendOnce() {
    MixedGroup group = MixedGroup.of(one, two);
    Envelope ready = group.said("ready");
    group.tell(ready);
    group.toldUntil(ready, DeliveryStatus.DELIVERED, 2);
    Envelope said = group.said("once");
    Envelope comes = group.added(three);
    Envelope next = group.said("next");
    List<Received> batch = Stream.of(said, comes, next).map(MixedGroupTest::received).toList();
    Uni.join()
        .all(List.of(consumer.on(batch), consumer.on(batch), consumer.on(batch)))
        .andFailFast()
        .await()
        .atMost(SOON);
    group.toldUntil(next, DeliveryStatus.DELIVERED, 3);
    assertThat(texts(group)).isEqualTo(7);
    assertThat(Carrier.bodiesTo(one)).containsExactly(saidBy("ready", "once", "next"));
    assertThat(Carrier.bodiesTo(two)).containsExactly(saidBy("ready", "once", "next"));
    assertThat(Carrier.bodiesTo(three)).containsExactly(saidBy("next"));
    assertThat(group.toldUntil(said, DeliveryStatus.DELIVERED, 2).get(one)).hasSize(4);
  }

  @Test
  void whoIsMentionedIsNamed() {
    MixedGroup group = MixedGroup.of(one);
    Crm.has(group.tenant(), "bo", Map.of("name", "Bo *B* Berg"), 1);
    Crm.has(group.tenant(), "eve", Map.of("name", "Eve"), 1);
    Envelope said = group.said("**@bo**, @eve, @nobody, @here?", "bo", "nobody", "here");
    Envelope unmentioned = group.said("@bo", "eve");
    group.tell(said, unmentioned);
    group.toldUntil(unmentioned, DeliveryStatus.DELIVERED, 1);
    assertThat(Carrier.bodiesTo(one))
        .containsExactly(saidBy("@Bo *B* Berg, @eve, @nobody, @here?", "@bo"));
  }

  @Test
  void theNameCountsAndWhatCannotBeSentFailsForEachNumber() {
    MixedGroup group = MixedGroup.of(one, two);
    int most = 1600 - "Ana Öz: ".length();
    Envelope tooLong = group.said("😀".repeat(most + 1));
    Envelope fits = group.said("😀".repeat(most));
    Envelope nothing = group.said("> ");
    group.tell(tooLong, fits, nothing);
    assertThat(codes(group, tooLong, 2))
        .isEqualTo(Map.of(one, "sms_too_long", two, "sms_too_long"));
    assertThat(codes(group, nothing, 2)).isEqualTo(Map.of(one, "no_text", two, "no_text"));
    group.toldUntil(fits, DeliveryStatus.DELIVERED, 2);
    assertThat(Carrier.bodiesTo(one)).containsExactly(saidBy("😀".repeat(most)));
    MixedGroup nowhere = MixedGroup.onNoNumber(three);
    Envelope lost = nowhere.said("lost");
    nowhere.tell(lost);
    assertThat(codes(nowhere, lost, 1)).isEqualTo(Map.of(three, "no_sms_number"));
  }

  @Test
  void oneNumbersFailureIsItsOwn() {
    MixedGroup group = MixedGroup.of(one, two);
    Carrier.behaves(one, Map.of("fail", "21610"));
    Envelope said = group.said("Hello?");
    group.tell(said);
    Map<String, List<Delivery>> told = group.toldUntil(said, DeliveryStatus.DELIVERED, 1);
    assertThat(told.get(two)).hasSize(4);
    told = group.toldUntil(said, DeliveryStatus.BLOCKED, 1);
    assertThat(told.get(one)).extracting(Delivery::code).endsWith("21610");
  }

  private static Map<String, String> codes(MixedGroup group, Envelope said, int numbers) {
    Map<String, String> codes = new HashMap<>();
    group
        .toldUntil(said, DeliveryStatus.FAILED, numbers)
        .forEach((number, told) -> codes.put(number, told.get(0).code()));
    return codes;
  }

  private static String[] saidBy(String... bodies) {
    return Stream.of(bodies).map(body -> "Ana Öz: " + body).toArray(String[]::new);
  }

  private long texts(MixedGroup group) {
    return database.count(
        "select count(*) from sms where conversation_id = $1", group.conversation());
  }

  /** A record as the log's reader hands it over. */
  private static Received received(Envelope event) {
    ConsumerRecord<String, byte[]> record =
        new ConsumerRecord<>(
            Topics.TIMELINE.name(), 0, 0, event.conversationId().toString(), Json.bytes(event));
    record.headers().add("ce_type", event.type().getBytes(StandardCharsets.UTF_8));
    return new Received(record);
  }
}
