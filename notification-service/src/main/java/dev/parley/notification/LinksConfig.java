package dev.parley.notification;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Where the front end shows things (api.md, Tenant settings). */
@ConfigMapping(prefix = "parley.links")
public interface LinksConfig {
  /** A message; {@code {conversationId}} and {@code {messageId}} are filled in. */
  @WithDefault("http://localhost:8080/conversations/{conversationId}?message={messageId}")
  String message();
}
