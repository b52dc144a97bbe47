package dev.parley.conversation;

import dev.parley.chassis.caller.Caller;
import dev.parley.chassis.caller.Role;
import dev.parley.chassis.problem.Code;
import dev.parley.chassis.problem.Problem;
import jakarta.enterprise.context.ApplicationScoped;

/** Who may make the calls that are the CRM's own ({@code /v1/crm}): its machine account. */
@ApplicationScoped
public class CrmCalls {
  private final CrmConfig config;

  CrmCalls(CrmConfig config) {
    this.config = config;
  }

  /**
   * Lets through the CRM.
   *
   * @throws Problem 403 for everybody else; for administrators only where they stand in for it
   */
  public void require(Caller caller) {
    boolean standsIn = config.openToAdmins() && caller.is(Role.ADMIN);
    if (!caller.is(Role.SERVICE) && !standsIn) {
      throw Problem.of(Code.FORBIDDEN, "This is for the CRM's machine account.");
    }
  }
}
