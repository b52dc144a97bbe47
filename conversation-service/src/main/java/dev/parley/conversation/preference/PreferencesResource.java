package dev.parley.conversation.preference;

import dev.parley.chassis.caller.Callers;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jboss.resteasy.reactive.RestPath;

/** {@code PUT /v1/conversations/{id}/preferences}. */
@Path("/v1/conversations/{id}/preferences")
@Authenticated
@Produces(MediaType.APPLICATION_JSON)
public class PreferencesResource {
  private final Callers callers;
  private final SetPreferences set;

  PreferencesResource(Callers callers, SetPreferences set) {
    this.callers = callers;
    this.set = set;
  }

  /** Stars or hides for oneself; a hidden one comes back with the next message. */
  @PUT
  @Operation(operationId = "setPreferences", summary = "Star or hide for oneself")
  @RequestBody(
      content =
          @Content(
              schema = @Schema(implementation = PreferencesRequest.class),
              examples = @ExampleObject(name = "star", value = "{\"starred\": true}")))
  @APIResponse(
      responseCode = "200",
      description = "As it is now",
      content = @Content(schema = @Schema(implementation = PreferencesView.class)))
  @APIResponse(responseCode = "400", description = "`invalid_request`")
  @APIResponse(responseCode = "401", description = "`unauthenticated`")
  @APIResponse(responseCode = "403", description = "`forbidden`, `impersonation_forbidden`")
  @APIResponse(responseCode = "404", description = "`not_found`")
  public Uni<PreferencesView> set(
      @RestPath String id, @Valid @NotNull(message = "is required") PreferencesRequest request) {
    return set.set(callers.current(), id, request);
  }
}
