package dev.parley.presence;

import dev.parley.chassis.caller.Caller;
import dev.parley.chassis.caller.Role;
import dev.parley.chassis.user.Users;
import dev.parley.contracts.Actor;
import java.time.Instant;

/**
 * For whom a socket is open, as the verified token said.
 *
 * @param kind {@code user} or {@code client}
 * @param impersonator who is logged in as this person, or null
 * @param staff one of the tenant's users: no client, no machine account, no agency's user alone
 * @param agency whether an agency's user, who needs a record in this tenant
 * @param assignedDataOnly sees customers and records only where assigned (product.md §3)
 * @param expiresAt when the token ends, and the socket with it unless renewed
 */
public record Session(
    String tenant,
    String kind,
    String id,
    String name,
    String impersonator,
    boolean staff,
    boolean agency,
    boolean assignedDataOnly,
    Instant expiresAt) {

  /** Of somebody who sees all that their kind does. */
  public Session(
      String tenant,
      String kind,
      String id,
      String name,
      String impersonator,
      boolean agency,
      Instant expiresAt) {
    this(tenant, kind, id, name, impersonator, kind.equals("user"), agency, false, expiresAt);
  }

  /** The session that a token opens. */
  public static Session of(Caller caller, Instant expiresAt) {
    return new Session(
        caller.tenant(),
        caller.kind(),
        caller.id(),
        caller.name(),
        caller.impersonator(),
        caller.isStaff(),
        caller.is(Role.AGENCY),
        caller.assignedDataOnly(),
        expiresAt);
  }

  public boolean isClient() {
    return kind.equals("client");
  }

  /**
   * Whether somebody else acts as this person: then no presence, no typing and nothing of internal
   * chats (product.md §1).
   */
  public boolean isImpersonated() {
    return impersonator != null;
  }

  /** Whether both are the same person acting by the same hands. */
  public boolean isSamePerson(Session other) {
    return tenant.equals(other.tenant)
        && kind.equals(other.kind)
        && id.equals(other.id)
        && java.util.Objects.equals(impersonator, other.impersonator);
  }

  /** Whom the CRM's records may refuse. */
  public Users.Person person() {
    return new Users.Person(tenant, !isClient(), id, impersonator, agency);
  }

  /** As events name it. */
  public Actor actor() {
    return new Actor(id, kind, name, null);
  }
}
