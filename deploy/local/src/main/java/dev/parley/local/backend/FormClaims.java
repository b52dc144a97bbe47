package dev.parley.local.backend;

import com.nimbusds.oauth2.sdk.ResourceOwnerPasswordCredentialsGrant;
import com.nimbusds.oauth2.sdk.TokenRequest;
import dev.parley.local.DemoPeople;
import java.time.Clock;
import java.util.Arrays;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import no.nav.security.mock.oauth2.token.OAuth2TokenCallback;

/**
 * Claims as the token request's form names them: {@code tenant}, {@code roles} (separated by
 * commas), {@code name}, {@code email}, {@code impersonator}, {@code assigned_data_only}, {@code
 * ttl} in seconds. The subject is {@code username}. What is not named: tenant {@code demo}, role
 * {@code user}, an hour, the name of the demo tenant's person, else the user's id.
 */
final class FormClaims implements OAuth2TokenCallback {
  private static final long HOUR = 3600;

  private final String issuer;
  private final Clock clock;

  FormClaims(String issuer, Clock clock) {
    this.issuer = issuer;
    this.clock = clock;
  }

  @Override
  public Map<String, Object> addClaims(TokenRequest request) {
    Map<String, Object> claims = new HashMap<>();
    String tenant = field(request, "tenant", DemoPeople.TENANT);
    claims.put("tenant", tenant);
    claims.put("roles", Arrays.asList(field(request, "roles", "user").split("\\s*,\\s*")));
    String name = field(request, "name", name(tenant, request));
    if (!name.isEmpty()) {
      claims.put("name", name);
    }
    String email = field(request, "email", "");
    if (!email.isEmpty()) {
      claims.put("email", email);
    }
    String impersonator = field(request, "impersonator", "");
    if (!impersonator.isEmpty()) {
      claims.put("act", Map.of("sub", impersonator));
    }
    if (Boolean.parseBoolean(field(request, "assigned_data_only", "false"))) {
      claims.put("assigned_data_only", true);
    }
    long lifetime = Long.parseLong(field(request, "ttl", Long.toString(HOUR)));
    claims.put("exp", Date.from(clock.instant().plusSeconds(lifetime)));
    return claims;
  }

  private static String name(String tenant, TokenRequest request) {
    return request.getAuthorizationGrant() instanceof ResourceOwnerPasswordCredentialsGrant grant
        ? DemoPeople.nameOf(tenant, grant.getUsername()).orElse(grant.getUsername())
        : "";
  }

  private static String field(TokenRequest request, String name, String otherwise) {
    List<String> values = request.getCustomParameters().get(name);
    return values == null || values.get(0).isBlank() ? otherwise : values.get(0).strip();
  }

  @Override
  public String issuerId() {
    return issuer;
  }

  /** Not asked: with the password grant the subject is the username. */
  @Override
  public String subject(TokenRequest request) {
    return request.getClientID() == null ? "anonymous" : request.getClientID().getValue();
  }

  @Override
  public String typeHeader(TokenRequest request) {
    return "JWT";
  }

  @Override
  public List<String> audience(TokenRequest request) {
    return List.of("parley");
  }

  @Override
  public long tokenExpiry() {
    return HOUR;
  }
}
