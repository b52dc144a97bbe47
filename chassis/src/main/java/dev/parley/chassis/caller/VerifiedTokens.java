package dev.parley.chassis.caller;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.quarkus.oidc.runtime.OidcAuthenticationMechanism;
import io.quarkus.security.credential.Credential;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.request.AuthenticationRequest;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticationMechanism;
import io.quarkus.vertx.http.runtime.security.HttpCredentialTransport;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Alternative;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import org.eclipse.microprofile.jwt.JsonWebToken;

/**
 * Remembers for a minute which access tokens were verified: checking a signature and reading the
 * claims costs more CPU than storing a message.
 *
 * <p>A token that was altered is another token and is verified. An expired one is refused in its
 * second, remembered or not. A signing key that the issuer withdraws binds within the minute.
 */
@Alternative
@Priority(1)
@ApplicationScoped
class VerifiedTokens implements HttpAuthenticationMechanism {
  private static final String BEARER = "Bearer ";
  private static final Duration REMEMBERED = Duration.ofMinutes(1);
  private static final int AT_MOST = 10_000;

  private final OidcAuthenticationMechanism verifying;
  private final Clock clock;
  private final Cache<String, Verified> verified =
      Caffeine.newBuilder().maximumSize(AT_MOST).expireAfterWrite(REMEMBERED).build();

  private record Verified(SecurityIdentity identity, long expiresAtSecond) {}

  VerifiedTokens(OidcAuthenticationMechanism verifying, Clock clock) {
    this.verifying = verifying;
    this.clock = clock;
  }

  @Override
  public Uni<SecurityIdentity> authenticate(
      RoutingContext request, IdentityProviderManager identities) {
    String header = request.request().getHeader(HttpHeaders.AUTHORIZATION);
    if (header == null || !header.startsWith(BEARER)) {
      return verifying.authenticate(request, identities);
    }
    Verified known = verified.getIfPresent(header);
    if (known != null && clock.instant().getEpochSecond() < known.expiresAtSecond()) {
      return Uni.createFrom().item(known.identity());
    }
    return verifying
        .authenticate(request, identities)
        .invoke(identity -> remember(header, identity));
  }

  private void remember(String header, SecurityIdentity identity) {
    if (identity != null && identity.getPrincipal() instanceof JsonWebToken token) {
      // A copy: the identity itself holds on to the whole request.
      QuarkusSecurityIdentity.Builder copy =
          QuarkusSecurityIdentity.builder().setPrincipal(token).addRoles(identity.getRoles());
      for (Credential credential : identity.getCredentials()) {
        copy.addCredential(credential);
      }
      verified.put(header, new Verified(copy.build(), token.getExpirationTime()));
    }
  }

  @Override
  public Uni<ChallengeData> getChallenge(RoutingContext request) {
    return verifying.getChallenge(request);
  }

  @Override
  public Set<Class<? extends AuthenticationRequest>> getCredentialTypes() {
    return verifying.getCredentialTypes();
  }

  @Override
  public Uni<HttpCredentialTransport> getCredentialTransport(RoutingContext request) {
    return verifying.getCredentialTransport(request);
  }

  @Override
  public int getPriority() {
    return verifying.getPriority();
  }
}
