package dev.parley.presence;

import dev.parley.chassis.OpenApiSnapshot;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

@QuarkusTest
class OpenApiTest extends ServiceTest {
  @Test
  void theServedApiIsTheOneThatIsCheckedIn() {
    OpenApiSnapshot.check();
  }
}
