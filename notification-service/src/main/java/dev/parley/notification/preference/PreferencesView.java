package dev.parley.notification.preference;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.parley.contracts.event.Level;
import dev.parley.notification.EmailMode;
import java.util.Map;

/**
 * What somebody chose (api.md, notification-service). In a request what is absent is reset to its
 * default.
 *
 * @param standard the level of types that {@code byType} does not name
 * @param byType levels by type of conversation
 */
record PreferencesView(
    @JsonProperty("default") Level standard,
    Map<String, Level> byType,
    EmailMode email,
    Boolean sound) {}
