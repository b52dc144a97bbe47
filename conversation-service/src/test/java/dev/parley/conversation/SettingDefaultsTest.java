package dev.parley.conversation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SettingDefaultsTest {
  @Test
  void whatTheDeploymentSetsIsWhatHoldsAndIsShown() {
    Map<Setting, Object> values =
        defaults(
                Map.of(
                    "parley.settings.defaults.\"notifications.emailGrouping\"", "PT10S",
                    "parley.settings.defaults.\"limits.userPerSecond\"", "1000000"))
            .values();
    assertThat(values)
        .containsEntry(Setting.NOTIFICATIONS_EMAIL_GROUPING, "PT10S")
        .containsEntry(Setting.LIMITS_USER, 1_000_000L)
        .containsEntry(Setting.LIMITS_TENANT, 500L);
  }

  @Test
  void whatIsNoSettingOrDoesNotFitStopsTheStart() {
    assertThatThrownBy(() -> defaults(Map.of("parley.settings.defaults.\"sms.nothing\"", "1")))
        .hasMessage("no setting sms.nothing");
    assertThatThrownBy(() -> defaults(Map.of("parley.settings.defaults.\"sms.cnam\"", "maybe")))
        .hasMessage("sms.cnam must be true or false");
  }

  private static SettingDefaults defaults(Map<String, String> config) {
    return new SettingDefaults(
        new SmallRyeConfigBuilder()
            .withMapping(SettingsConfig.class)
            .withSources(new PropertiesConfigSource(config, "test", 100))
            .build()
            .getConfigMapping(SettingsConfig.class));
  }
}
