package dev.parley.message.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;

import dev.parley.chassis.Wire;
import dev.parley.contracts.Actor;
import dev.parley.contracts.Envelope;
import dev.parley.contracts.EventType;
import dev.parley.contracts.Ids;
import dev.parley.contracts.Json;
import dev.parley.contracts.Schemas;
import dev.parley.contracts.Topics;
import dev.parley.contracts.event.ConversationType;
import dev.parley.contracts.event.Delivery;
import dev.parley.contracts.event.DeliveryStatus;
import dev.parley.contracts.event.Posting;
import dev.parley.message.Group;
import dev.parley.message.WithBackEnds;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
class DeliveryEventsTest extends WithBackEnds {
  private static final String TO = "+14155550123";
  private static final String OTHER = "+14155550124";

  @Test
  void newsInAnyOrderAndTwiceEndInTheSameState() {
    Group sms = Group.create("t" + Ids.next(), ConversationType.SMS, Posting.ALL, "ana");
    UUID message =
        UUID.fromString(sms.send("ana", "c1", "Hello").statusCode(201).extract().path("id"));
    for (DeliveryStatus status :
        List.of(
            DeliveryStatus.SENT,
            DeliveryStatus.QUEUED,
            DeliveryStatus.SENT,
            DeliveryStatus.DELIVERED,
            DeliveryStatus.SENDING,
            DeliveryStatus.DELIVERED)) {
      Wire.publish(Topics.SMS, news(sms, message, status));
    }
    List<Envelope> log = sms.log(4);
    log.forEach(event -> Schemas.validate(Json.bytes(event)));
    assertThat(log.subList(2, 4))
        .extracting(event -> event.data(Delivery.class).status())
        .containsExactly(DeliveryStatus.SENT, DeliveryStatus.DELIVERED);
    assertThat(log.subList(1, 4)).extracting(Envelope::seq).containsOnly(1L);
    assertThat(log).extracting(Envelope::conversationType).containsOnly(ConversationType.SMS);
    assertThat(log).extracting(Envelope::rev).containsExactly(1L, 2L, 3L, 4L);
    sms.page("ana", Map.of("changedAfter", 3))
        .body("items", hasSize(1))
        .body("items[0].deliveries", hasSize(1))
        .body("items[0].deliveries[0].to", is(TO))
        .body("items[0].deliveries[0].status", is("delivered"))
        .body("items[0].deliveries[0].segments", is(1))
        .body("items[0].rev", is(4));
  }

  @Test
  void aMixedGroupsMessageHasOneDeliveryForEachNumber() {
    Group mixed = Group.of("ana", TO, OTHER);
    UUID message =
        UUID.fromString(mixed.send("ana", "c1", "Hello").statusCode(201).extract().path("id"));
    for (DeliveryStatus status : List.of(DeliveryStatus.QUEUED, DeliveryStatus.DELIVERED)) {
      Wire.publish(Topics.SMS, news(mixed, message, TO, status));
      Wire.publish(Topics.SMS, news(mixed, message, OTHER, status));
    }
    Wire.publish(Topics.SMS, news(mixed, message, TO, DeliveryStatus.SENT));
    Wire.publish(Topics.SMS, news(mixed, message, OTHER, DeliveryStatus.READ));
    List<Envelope> log = mixed.log(7);
    assertThat(log.subList(2, 7))
        .extracting(
            event -> event.data(Delivery.class).to(), event -> event.data(Delivery.class).status())
        .containsExactly(
            tuple(TO, DeliveryStatus.QUEUED),
            tuple(OTHER, DeliveryStatus.QUEUED),
            tuple(TO, DeliveryStatus.DELIVERED),
            tuple(OTHER, DeliveryStatus.DELIVERED),
            tuple(OTHER, DeliveryStatus.READ));
    assertThat(log).extracting(Envelope::conversationType).containsOnly(ConversationType.GROUP);
    mixed
        .page("ana", Map.of())
        .body("items", hasSize(1))
        .body("items[0].deliveries.to", containsInAnyOrder(TO, OTHER))
        .body("items[0].deliveries.find { it.to == '" + TO + "' }.status", is("delivered"))
        .body("items[0].deliveries.find { it.to == '" + OTHER + "' }.status", is("read"));
  }

  private static Envelope news(Group sms, UUID message, DeliveryStatus status) {
    return news(sms, message, TO, status);
  }

  private static Envelope news(Group sms, UUID message, String to, DeliveryStatus status) {
    Delivery data = new Delivery(message, to, status, null, null, 1, Instant.now());
    return Envelope.of(
        EventType.DELIVERY_UPDATED, sms.tenant(), sms.id(), Actor.SYSTEM, Instant.now(), data);
  }
}
