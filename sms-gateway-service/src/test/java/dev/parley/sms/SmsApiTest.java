package dev.parley.sms;

import dev.parley.chassis.OpenApiSnapshot;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

@QuarkusTest
class SmsApiTest extends WithCarrier {
  @Test
  void theServedApiIsTheOneInTheRepository() {
    OpenApiSnapshot.check();
  }
}
