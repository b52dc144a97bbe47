package dev.parley.conversation;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Who speaks for the CRM. */
@ConfigMapping(prefix = "parley.crm")
interface CrmConfig {
  /**
   * Whether a tenant's administrators may make the CRM's calls: on a developer's machine, where
   * there is no CRM. They see every deal room's text with it, and write who sees what.
   */
  @WithDefault("false")
  boolean openToAdmins();
}
