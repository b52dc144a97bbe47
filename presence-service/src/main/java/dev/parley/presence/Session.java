package dev.parley.presence;

import dev.parley.chassis.caller.Caller;
import dev.parley.chassis.problem.Code;
import dev.parley.chassis.problem.Problem;
import dev.parley.contracts.Actor;
import java.time.Instant;

/**
 * For whom a socket is open, as the verified token said.
 *
 * @param kind {@code user} or {@code client}
 * @param impersonator who is logged in as this person, or null
 * @param expiresAt when the token ends, and the socket with it unless renewed
 */
public record Session(
    String tenant, String kind, String id, String name, String impersonator, Instant expiresAt) {

  /**
   * The session that a token opens.
   *
   * @throws Problem 403 {@code impersonation_forbidden} for who is logged in as somebody else: the
   *     log's records do not say yet which conversations are internal chats, and those must be
   *     missing from an impersonator's events (product.md §1)
   */
  public static Session of(Caller caller, Instant expiresAt) {
    if (caller.impersonator() != null) {
      throw Problem.of(
          Code.IMPERSONATION_FORBIDDEN, "There is no live view while logged in as somebody else.");
    }
    return new Session(
        caller.tenant(),
        caller.kind(),
        caller.id(),
        caller.name(),
        caller.impersonator(),
        expiresAt);
  }

  public boolean isClient() {
    return kind.equals("client");
  }

  /** Whether somebody else acts as this person: then no presence and no typing (product.md §1). */
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

  /** As events name it. */
  public Actor actor() {
    return new Actor(id, kind, name, null);
  }

  /** The same session until another time. */
  public Session until(Instant newExpiresAt) {
    return new Session(tenant, kind, id, name, impersonator, newExpiresAt);
  }
}
