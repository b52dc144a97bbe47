package dev.parley.chassis.start;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parley.contracts.Json;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;

/** What every service injects. */
class Beans {
  @Produces
  @Singleton
  Clock clock() {
    return Clock.systemUTC();
  }

  @Produces
  @Singleton
  ObjectMapper json() {
    return Json.mapper();
  }
}
