package dev.parley.chassis.caller;

import dev.parley.contracts.Actor;
import java.util.Set;

/**
 * Who asks. Comes from the verified token, narrowed by the user's record in the CRM: no header, no
 * body, no path names a tenant or a user. Every store takes it, so that nothing can be asked
 * without a tenant.
 *
 * @param tenant the customer company; part of every key
 * @param id the CRM's id of the person
 * @param name as the CRM tells it where something is done, else as the token does, else the id
 * @param assignedDataOnly sees customer conversations only where assigned (product.md §3)
 * @param impersonator who is logged in as this person, or null
 */
public record Caller(
    String tenant,
    String id,
    Set<Role> roles,
    String name,
    String email,
    boolean assignedDataOnly,
    String impersonator) {

  public boolean is(Role role) {
    return roles.contains(role);
  }

  /** A person of a customer company. */
  public boolean isClient() {
    return roles.contains(Role.CLIENT);
  }

  /** One of the tenant's users: no client, no machine account, no agency's user alone. */
  public boolean isStaff() {
    return is(Role.USER) || is(Role.ADMIN) || is(Role.SUPERVISOR);
  }

  /** Staff that sees all customer conversations of the tenant. */
  public boolean seesAllCustomers() {
    return !assignedDataOnly && isStaff();
  }

  /** The same caller, seeing assigned data only. */
  public Caller restricted() {
    return new Caller(tenant, id, roles, name, email, true, impersonator);
  }

  /** The same caller under that name. */
  public Caller named(String other) {
    return new Caller(tenant, id, roles, other, email, assignedDataOnly, impersonator);
  }

  /** The same caller, as who that person is logged in. */
  public Caller impersonatedBy(String other) {
    return new Caller(tenant, id, roles, name, email, assignedDataOnly, other);
  }

  /** {@code user} or {@code client}, as events name it. */
  public String kind() {
    return isClient() ? "client" : "user";
  }

  /** The caller as events name it. */
  public Actor actor() {
    return new Actor(id, kind(), name, impersonator);
  }
}
