package dev.parley.local.origin;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** What a proxy passes on, leaves out and adds. */
final class Headers {
  /** Belong to one connection, not to the message (RFC 9110, 7.6.1). */
  private static final Set<String> HOP_BY_HOP =
      Set.of(
          "connection",
          "keep-alive",
          "proxy-authenticate",
          "proxy-authorization",
          "proxy-connection",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade");

  private Headers() {}

  static void copy(MultiMap from, MultiMap to) {
    for (Map.Entry<String, String> header : from) {
      if (!HOP_BY_HOP.contains(header.getKey().toLowerCase(Locale.ROOT))) {
        to.add(header.getKey(), header.getValue());
      }
    }
  }

  /** Says who asked and how the outside calls us. */
  static void forwarded(HttpServerRequest request, MultiMap to) {
    String client = request.remoteAddress().hostAddress();
    String earlier = request.getHeader("X-Forwarded-For");
    to.set("X-Forwarded-For", earlier == null ? client : earlier + ", " + client);
    to.set("X-Forwarded-Proto", request.scheme());
    String host = request.getHeader("Host");
    if (host != null) {
      to.set("X-Forwarded-Host", host);
    }
  }
}
