package dev.parley.message.send;

import dev.parley.chassis.caller.Caller;
import dev.parley.chassis.caller.Role;
import dev.parley.contracts.Json;
import java.util.Set;

/**
 * What is kept, beside tenant and id, of somebody in whose name something is sent later: what their
 * token said. What their record says by then binds as well.
 */
public record KeptAuthor(
    Set<Role> roles, String name, String email, boolean assignedDataOnly, String impersonator) {

  /** The caller as text. */
  public static String of(Caller caller) {
    return Json.text(
        new KeptAuthor(
            caller.roles(),
            caller.name(),
            caller.email(),
            caller.assignedDataOnly(),
            caller.impersonator()));
  }

  /** The caller of that text. */
  public static Caller caller(String tenant, String id, String kept) {
    KeptAuthor author = Json.read(kept, KeptAuthor.class);
    return new Caller(
        tenant,
        id,
        author.roles(),
        author.name(),
        author.email(),
        author.assignedDataOnly(),
        author.impersonator());
  }

  /** Without name and address: fit for logs. */
  @Override
  public String toString() {
    return "KeptAuthor[roles=" + roles + "]";
  }
}
