package dev.parley.conversation.me;

import dev.parley.chassis.caller.Callers;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/** {@code GET /v1/me}. */
@Path("/v1/me")
@Authenticated
@Produces(MediaType.APPLICATION_JSON)
public class MeResource {
  private final Callers callers;
  private final ReadMe me;

  MeResource(Callers callers, ReadMe me) {
    this.callers = callers;
    this.me = me;
  }

  /** What the token says of the caller, the open settings, and the limits that front ends need. */
  @GET
  @Operation(operationId = "getMe", summary = "Who one is")
  @APIResponse(responseCode = "200", description = "Who one is")
  @APIResponse(responseCode = "401", description = "`unauthenticated`")
  @APIResponse(responseCode = "403", description = "`forbidden`, `ambiguous_principal`")
  public Uni<MeView> me() {
    return me.read(callers.current());
  }
}
