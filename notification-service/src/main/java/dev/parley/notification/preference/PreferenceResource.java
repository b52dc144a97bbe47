package dev.parley.notification.preference;

import dev.parley.chassis.caller.Caller;
import dev.parley.chassis.caller.Callers;
import dev.parley.chassis.problem.Code;
import dev.parley.chassis.problem.Problem;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/** The caller's own notification preferences. */
@Path("/v1/notification-preferences")
@Authenticated
@Produces(MediaType.APPLICATION_JSON)
@APIResponse(
    responseCode = "403",
    description = "`impersonation_forbidden`: logged in as somebody else")
public class PreferenceResource {
  private final Callers callers;
  private final Preferences preferences;

  PreferenceResource(Callers callers, Preferences preferences) {
    this.callers = callers;
    this.preferences = preferences;
  }

  @GET
  @Operation(operationId = "getPreferences", summary = "What one is told of, and how")
  @APIResponse(responseCode = "200", description = "The choices, or the defaults")
  public Uni<PreferencesView> get() {
    return preferences.of(self());
  }

  @PUT
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(operationId = "putPreferences", summary = "Choose what one is told of, and how")
  @APIResponse(responseCode = "200", description = "The choices as stored")
  public Uni<PreferencesView> put(@NotNull PreferencesView request) {
    return preferences.put(self(), request);
  }

  private Caller self() {
    Caller caller = callers.current();
    if (caller.impersonator() != null) {
      throw Problem.of(Code.IMPERSONATION_FORBIDDEN, "Preferences are the person's own.");
    }
    return caller;
  }
}
