package dev.parley.conversation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.parley.contracts.Json;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Every setting with its default here. A default that does not fit stops the start. */
@Startup
@ApplicationScoped
class SettingDefaults {
  private final Map<Setting, Object> values = new LinkedHashMap<>();

  SettingDefaults(SettingsConfig config) {
    for (Setting setting : Setting.values()) {
      values.put(setting, setting.standard());
    }
    config
        .defaults()
        .forEach(
            (key, text) -> {
              Setting setting =
                  Setting.of(key)
                      .orElseThrow(() -> new IllegalArgumentException("no setting " + key));
              values.put(
                  setting,
                  setting
                      .form()
                      .take()
                      .apply(read(text))
                      .orElseThrow(
                          () -> new IllegalArgumentException(key + " " + setting.form().must())));
            });
  }

  Map<Setting, Object> values() {
    return Collections.unmodifiableMap(values);
  }

  private static JsonNode read(String text) {
    try {
      return Json.read(text, JsonNode.class);
    } catch (UncheckedIOException e) {
      return TextNode.valueOf(text);
    }
  }
}
