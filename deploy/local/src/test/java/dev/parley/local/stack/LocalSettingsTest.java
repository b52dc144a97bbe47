package dev.parley.local.stack;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LocalSettingsTest {
  @Test
  void conversationServiceIsToldOfTheWideLimitsAndTheShortGrouping() {
    assertThat(LocalSettings.arguments())
        .containsExactly(
            "-Dparley.settings.defaults.\"limits.conversationPerSecond\"=1000000",
            "-Dparley.settings.defaults.\"limits.tenantPerSecond\"=1000000",
            "-Dparley.settings.defaults.\"limits.userPerSecond\"=1000000",
            "-Dparley.settings.defaults.\"notifications.emailGrouping\"=PT10S");
  }

  @Test
  void whatIsShownIsWhatTheMailGoesBy() {
    ServiceNode node = node(5);
    assertThat(node.environment()).containsEntry("PARLEY_NOTIFICATION_EMAIL_GROUPING", "PT10S");
    assertThat(node.words()).noneMatch(word -> word.contains("parley.settings"));
    assertThat(node(0).words()).containsAll(LocalSettings.arguments());
  }

  private static ServiceNode node(int place) {
    return new ServiceNode(new Plan("").nodes().get(place), null);
  }
}
