package dev.parley.notification;

import dev.parley.chassis.OpenApiSnapshot;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

@QuarkusTest
class NotificationApiTest extends WithBackEnds {
  @Test
  void theServedApiIsTheOneInTheRepository() {
    OpenApiSnapshot.check();
  }
}
