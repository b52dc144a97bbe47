package dev.parley.conversation.lease;

import dev.parley.chassis.caller.Callers;
import dev.parley.chassis.page.Page;
import dev.parley.contracts.event.Lease;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;
import jakarta.validation.Valid;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jboss.resteasy.reactive.RestPath;

/** {@code /v1/conversations/{id}/leases}: who is editing. */
@Path("/v1/conversations/{id}/leases")
@Authenticated
@Produces(MediaType.APPLICATION_JSON)
@APIResponse(responseCode = "401", description = "`unauthenticated`")
@APIResponse(responseCode = "404", description = "`not_found`")
public class LeaseResource {
  private final Callers callers;
  private final HoldLease hold;

  LeaseResource(Callers callers, HoldLease hold) {
    this.callers = callers;
    this.hold = hold;
  }

  /** The leases that hold now; at most one for each resource. */
  @GET
  @Operation(operationId = "listLeases", summary = "Who is editing")
  @APIResponse(responseCode = "200", description = "Those that hold")
  @APIResponse(responseCode = "403", description = "`forbidden`: for users")
  public Uni<Page<Lease>> list(@RestPath String id) {
    return hold.list(callers.current(), id);
  }

  /** Takes the lease for 30 s, or renews it; to be renewed every 10 s. */
  @POST
  @Path("context")
  @Consumes(MediaType.WILDCARD) // a body may be absent, and then has no type
  @Operation(operationId = "takeLease", summary = "Say that one is editing the context")
  @APIResponse(
      responseCode = "201",
      description = "It is the caller's until then",
      content =
          @Content(
              schema = @Schema(implementation = Lease.class),
              examples =
                  @ExampleObject(
                      name = "lease",
                      value =
                          "{\"resource\": \"context\", \"holder\": {\"id\": \"u-ana\", \"name\":"
                              + " \"Ana Silva\"}, \"expiresAt\": \"2026-03-01T09:30:30.000Z\"}")))
  @APIResponse(responseCode = "400", description = "`invalid_request`")
  @APIResponse(responseCode = "403", description = "`forbidden`: for members")
  @APIResponse(
      responseCode = "409",
      description = "`lease_held` with `holder`, `conversation_archived`")
  @APIResponse(responseCode = "422", description = "`not_applicable`: no deal room")
  public Uni<Response> take(@RestPath String id, @Valid LeaseRequest request) {
    String session = request == null ? null : request.sessionId();
    return hold.take(callers.current(), id, session)
        .map(lease -> Response.status(Response.Status.CREATED).entity(lease).build());
  }

  /** Gives one's lease up; 204 also when there is none. */
  @DELETE
  @Path("context")
  @Operation(operationId = "giveUpLease", summary = "Say that one is done")
  @APIResponse(responseCode = "204", description = "Nobody has it")
  @APIResponse(responseCode = "403", description = "`forbidden`: for members")
  @APIResponse(responseCode = "409", description = "`lease_held` by somebody else, with `holder`")
  @APIResponse(responseCode = "422", description = "`not_applicable`: no deal room")
  public Uni<Response> giveUp(@RestPath String id) {
    return hold.giveUp(callers.current(), id).replaceWith(() -> Response.noContent().build());
  }
}
