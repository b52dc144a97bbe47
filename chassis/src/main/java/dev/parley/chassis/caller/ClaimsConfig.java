package dev.parley.chassis.caller;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Which claims of the access token say what. Names of top-level claims. */
@ConfigMapping(prefix = "parley.claims")
public interface ClaimsConfig {
  /** The customer company's id. */
  @WithDefault("tenant")
  String tenant();

  /** A list of role names; unknown ones are ignored. */
  @WithDefault("roles")
  String roles();

  /** The person's name. */
  @WithDefault("name")
  String name();

  /** The person's e-mail address. */
  @WithDefault("email")
  String email();

  /** Whether the person sees assigned data only. */
  @WithDefault("assigned_data_only")
  String assignedDataOnly();

  /** The actor of a delegated token (RFC 8693): {@code act.sub} is the impersonator. */
  @WithDefault("act")
  String act();
}
