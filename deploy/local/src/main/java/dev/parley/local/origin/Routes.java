package dev.parley.local.origin;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Which service answers which path: the longest prefix of whole segments decides. */
final class Routes {
  private static final Map<String, Set<String>> PREFIXES =
      Map.of(
          "conversation-service",
          Set.of(
              "/v1/conversations",
              "/v1/channels",
              "/v1/inboxes",
              "/v1/directory",
              "/v1/records",
              "/v1/crm",
              "/v1/tenant",
              "/v1/me",
              "/v1/admin"),
          "message-service",
          Set.of(
              "/v1/timelines",
              "/v1/messages",
              "/v1/threads",
              "/v1/bookmarks",
              "/v1/attachments",
              "/v1/drafts",
              "/v1/unread",
              "/v1/scheduled-messages",
              "/v1/broadcasts",
              "/v1/canned-responses"),
          "presence-service",
          Set.of("/v1/realtime", "/v1/presence"),
          "sms-gateway-service",
          Set.of("/v1/sms", "/webhooks"),
          "search-service",
          Set.of("/v1/search"),
          "notification-service",
          Set.of(
              "/v1/notifications",
              "/v1/notification-preferences",
              "/v1/push-subscriptions",
              "/v1/webhook-endpoints"));

  private static final Map<String, String> BY_PREFIX = new TreeMap<>();

  static {
    PREFIXES.forEach(
        (service, prefixes) -> prefixes.forEach(prefix -> BY_PREFIX.put(prefix, service)));
  }

  private Routes() {}

  /** The service that owns a path, or null. */
  static String owner(String path) {
    for (int end = path.length(); end > 0; end = path.lastIndexOf('/', end - 1)) {
      String service = BY_PREFIX.get(path.substring(0, end));
      if (service != null) {
        return service;
      }
    }
    return null;
  }
}
