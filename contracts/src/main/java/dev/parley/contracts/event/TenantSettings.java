package dev.parley.contracts.event;

import java.util.Map;

/**
 * Data of {@code settings.updated}: all settings of a tenant as they are now, those that nobody has
 * set included (api.md, "Tenant settings").
 *
 * @param version grows with every change; 0 while nothing has been set
 * @param values by key, as the API gives them
 */
public record TenantSettings(long version, Map<String, Object> values) {
  /** The map is never null. */
  public TenantSettings {
    values = values == null ? Map.of() : Map.copyOf(values);
  }
}
