package dev.parley.sms;

import dev.parley.chassis.BackEnds;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import org.junit.jupiter.api.BeforeEach;

/** The service against real back ends and the carrier simulator, started once for all tests. */
@QuarkusTestResource(
    value = BackEnds.class,
    restrictToAnnotatedClass = false,
    initArgs = @ResourceArg(name = "with", value = "simulator"))
@QuarkusTestResource(value = Reachable.class, restrictToAnnotatedClass = false)
public abstract class WithCarrier {
  @BeforeEach
  void theCarrierKnowsWhereWeAre() {
    Carrier.callsUs();
  }
}
