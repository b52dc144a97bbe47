package dev.parley.conversation;

import io.smallrye.config.ConfigMapping;
import java.util.Map;

/** What holds for tenants that have set nothing. */
@ConfigMapping(prefix = "parley.settings")
public interface SettingsConfig {
  /** Other defaults than api.md's, by the setting's key, as JSON or plain text. */
  Map<String, String> defaults();
}
