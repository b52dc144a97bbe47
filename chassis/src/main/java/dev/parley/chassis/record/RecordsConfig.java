package dev.parley.chassis.record;

import io.smallrye.config.ConfigMapping;
import java.util.Optional;
import java.util.Set;

/** Which records the service keeps a copy of. */
@ConfigMapping(prefix = "parley.records")
public interface RecordsConfig {
  /**
   * The types of records in the table {@code record_copy} of the service's database; without any
   * there is no such table. A type that is added later begins with what the CRM tells from then on,
   * unless a migration empties {@code record_copy_position}.
   */
  Optional<Set<String>> copied();
}
