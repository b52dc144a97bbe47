package dev.parley.search;

import dev.parley.chassis.OpenApiSnapshot;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

@QuarkusTest
class SearchApiTest extends WithBackEnds {
  @Test
  void theServedApiIsTheOneInTheRepository() {
    OpenApiSnapshot.check();
  }
}
