package dev.parley.chassis;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.contracts.Ids;
import dev.parley.contracts.Json;
import io.quarkus.test.common.QuarkusTestResource;
import io.restassured.RestAssured;
import io.restassured.specification.RequestSpecification;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** What the chassis' own Quarkus tests share: real back ends, a tenant for each test. */
@QuarkusTestResource(value = BackEnds.class, restrictToAnnotatedClass = false)
@QuarkusTestResource(value = Collector.class, restrictToAnnotatedClass = false)
public abstract class ProbeTest {
  /** Nobody else writes under it. */
  protected final String tenant = "t" + Ids.next();

  /** A request of a staff user of the tenant. */
  protected RequestSpecification asUser() {
    return RestAssured.given().auth().oauth2(Tokens.user(tenant, "ana"));
  }

  protected static <T> T get(Uni<T> uni) {
    return uni.await().atMost(Duration.ofSeconds(30));
  }

  /** The tenant's records on the topic so far, as they came. */
  protected List<ConsumerRecord<String, byte[]>> records(String topic) {
    return Wire.all(topic).stream()
        .filter(record -> tenant.equals(json(record).path("tenant").asText()))
        .toList();
  }

  protected static JsonNode json(ConsumerRecord<String, byte[]> record) {
    return Json.read(record.value(), JsonNode.class);
  }
}
