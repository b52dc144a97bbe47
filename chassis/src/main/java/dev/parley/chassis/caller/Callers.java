package dev.parley.chassis.caller;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.parley.chassis.problem.Code;
import dev.parley.chassis.problem.Problem;
import dev.parley.chassis.user.Users;
import dev.parley.contracts.Ids;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import org.eclipse.microprofile.jwt.JsonWebToken;

/** Reads the caller out of the verified token and holds it against the user's record. */
@ApplicationScoped
public class Callers {
  private final SecurityIdentity identity;
  private final ClaimsConfig claims;
  private final Users users;

  /** What a token says never changes, and one that is remembered comes with many requests. */
  private final Cache<JsonWebToken, Caller> named = Caffeine.newBuilder().weakKeys().build();

  Callers(SecurityIdentity identity, ClaimsConfig claims, Users users) {
    this.identity = identity;
    this.claims = claims;
    this.users = users;
  }

  /**
   * The caller of this request, called as all is told of them ({@link NamedActors}).
   *
   * @throws Problem 403 {@code forbidden} when the token names no tenant, no usable subject or no
   *     role of ours; 403 {@code ambiguous_principal} when {@code client} stands beside another
   *     role; 403 when the user's record refuses ({@link Users#bind})
   */
  public Caller current() {
    Caller caller = Acting.named(of((JsonWebToken) identity.getPrincipal()));
    Acting.as(caller);
    return caller;
  }

  /** The caller whom a verified token names; see {@link #current()}. */
  public Caller of(JsonWebToken token) {
    return users.bind(named.get(token, this::read));
  }

  private Caller read(JsonWebToken token) {
    String tenant = text(token, claims.tenant());
    String id = token.getSubject();
    Set<Role> roles = roles(token);
    if (!Ids.isCrmId(tenant) || !Ids.isCrmId(id) || roles.isEmpty()) {
      throw Problem.of(Code.FORBIDDEN, "The token names no tenant, subject or role.");
    }
    if (roles.contains(Role.CLIENT) && roles.size() > 1) {
      throw Problem.of(Code.AMBIGUOUS_PRINCIPAL, "The role client goes with no other.");
    }
    String name = text(token, claims.name());
    return new Caller(
        tenant,
        id,
        roles,
        name == null ? id : name,
        text(token, claims.email()),
        truth(token.getClaim(claims.assignedDataOnly())),
        impersonator(token));
  }

  private Set<Role> roles(JsonWebToken token) {
    Set<Role> roles = EnumSet.noneOf(Role.class);
    Object claim = token.getClaim(claims.roles());
    if (claim instanceof Collection<?> many) {
      for (Object one : many) {
        String name = one instanceof JsonString json ? json.getString() : String.valueOf(one);
        for (Role role : Role.values()) {
          if (role.name().toLowerCase(Locale.ROOT).equals(name)) {
            roles.add(role);
          }
        }
      }
    }
    return roles;
  }

  /** Who has logged in as somebody else and is not named must not be taken for them. */
  private String impersonator(JsonWebToken token) {
    Object act = token.getClaim(claims.act());
    if (act == null) {
      return null;
    }
    String actor = act instanceof JsonObject object ? object.getString("sub", null) : null;
    if (!Ids.isCrmId(actor)) {
      throw Problem.of(Code.FORBIDDEN, "The token does not say who acts.");
    }
    return actor;
  }

  private static String text(JsonWebToken token, String claim) {
    Object value = token.getClaim(claim);
    if (value instanceof JsonString json) {
      return json.getString();
    }
    return value == null ? null : value.toString();
  }

  private static boolean truth(Object value) {
    return value == JsonValue.TRUE || Boolean.TRUE.equals(value) || "true".equals(value);
  }
}
