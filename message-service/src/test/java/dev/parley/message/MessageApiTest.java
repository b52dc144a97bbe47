package dev.parley.message;

import dev.parley.chassis.OpenApiSnapshot;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

@QuarkusTest
class MessageApiTest extends WithBackEnds {
  @Test
  void theServedApiIsTheOneInTheRepository() {
    OpenApiSnapshot.check();
  }
}
