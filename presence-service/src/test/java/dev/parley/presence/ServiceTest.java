package dev.parley.presence;

import dev.parley.chassis.BackEnds;
import dev.parley.contracts.Ids;
import io.quarkus.test.common.QuarkusTestResource;
import java.time.Duration;

/** The service on real back ends, started once for all tests. Every test has its own tenant. */
@QuarkusTestResource(value = BackEnds.class, restrictToAnnotatedClass = false)
@QuarkusTestResource(value = EdgeSettings.class, restrictToAnnotatedClass = false)
public abstract class ServiceTest {
  protected static final Duration SOON = Duration.ofSeconds(30);

  protected final String tenant = "t" + Ids.next();

  /** Whatever was on its way to the device has come: a message of a group of its own. */
  protected void end(Device device) {
    String user = device.frames("hello").get(0).path("userId").asText();
    Timeline last = Timeline.of(tenant, user);
    last.message(user, "end");
    device.awaitBody("end");
  }
}
