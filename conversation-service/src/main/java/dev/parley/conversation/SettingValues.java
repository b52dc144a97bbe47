package dev.parley.conversation;

import dev.parley.contracts.event.TenantSettings;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A tenant's settings as they are now, defaults included.
 *
 * @param version grows with every change; 0 while nothing has been set
 */
public record SettingValues(long version, Map<Setting, Object> values) {
  /** Whether it is switched on. */
  public boolean isOn(Setting setting) {
    return (Boolean) values.get(setting);
  }

  /** Its text. */
  public String text(Setting setting) {
    return (String) values.get(setting);
  }

  /** Its duration, for one that is never {@code none}. */
  public Duration duration(Setting setting) {
    return Duration.parse(text(setting));
  }

  /** By key, as the API gives them. */
  public Map<String, Object> byKey() {
    Map<String, Object> byKey = new LinkedHashMap<>();
    values.forEach((setting, value) -> byKey.put(setting.key(), value));
    return byKey;
  }

  /** What everybody of the tenant may know, by key. */
  public Map<String, Object> open() {
    Map<String, Object> open = byKey();
    values.keySet().stream().filter(one -> !one.isOpen()).forEach(one -> open.remove(one.key()));
    return open;
  }

  /** As the event carries them. */
  public TenantSettings event() {
    return new TenantSettings(version, byKey());
  }
}
