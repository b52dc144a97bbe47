package dev.parley.conversation.activity;

import dev.parley.conversation.Query;
import dev.parley.conversation.Setting;
import dev.parley.conversation.Settings;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/** What a tenant's settings say of the timelines. */
@ApplicationScoped
class TimelineSettings {
  private final Settings settings;

  TimelineSettings(Settings settings) {
    this.settings = settings;
  }

  /**
   * What holds for one tenant.
   *
   * @param customers whether customer conversations belong there
   * @param link how a message's address is made
   */
  record Wanted(boolean customers, String link) {
    String url(UUID conversation, UUID message) {
      return link.replace("{conversationId}", conversation.toString())
          .replace("{messageId}", message.toString());
    }
  }

  /** The tenant's, as they are now. */
  Uni<Wanted> of(Query query, String tenant) {
    return settings
        .of(query, tenant)
        .map(
            set ->
                new Wanted(
                    set.isOn(Setting.TIMELINE_CUSTOMER_CONVERSATIONS),
                    set.text(Setting.LINKS_MESSAGE)));
  }
}
