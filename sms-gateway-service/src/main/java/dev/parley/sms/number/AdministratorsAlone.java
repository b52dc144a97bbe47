package dev.parley.sms.number;

import dev.parley.chassis.caller.Caller;
import dev.parley.chassis.caller.Callers;
import dev.parley.chassis.caller.Role;
import dev.parley.chassis.problem.Code;
import dev.parley.chassis.problem.Problem;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.ext.Provider;

/** Lets administrators and operators through. */
@Provider
@ForAdministrators
class AdministratorsAlone implements ContainerRequestFilter {
  private final Callers callers;

  AdministratorsAlone(Callers callers) {
    this.callers = callers;
  }

  @Override
  public void filter(ContainerRequestContext request) {
    Caller caller = callers.current();
    if (!caller.is(Role.ADMIN) && !caller.is(Role.OPERATOR)) {
      throw Problem.of(Code.FORBIDDEN, "Numbers are for administrators.");
    }
  }
}
