package dev.parley.conversation.activity;

import dev.parley.conversation.Query;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/** What a tenant's settings say of the timelines; the defaults, until tenants can set anything. */
@ApplicationScoped
class TimelineSettings {
  TimelineSettings() {}

  /**
   * What holds for one tenant.
   *
   * @param customers whether customer conversations belong there
   * @param link how a message's address is made, or null
   */
  record Wanted(boolean customers, String link) {
    String url(UUID conversation, UUID message) {
      return link == null
          ? null
          : link.replace("{conversationId}", conversation.toString())
              .replace("{messageId}", message.toString());
    }
  }

  /** The tenant's, as they are now. */
  Uni<Wanted> of(Query query, String tenant) {
    return Uni.createFrom().item(new Wanted(false, null));
  }
}
