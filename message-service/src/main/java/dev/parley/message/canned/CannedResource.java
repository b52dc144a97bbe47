package dev.parley.message.canned;

import dev.parley.chassis.caller.Callers;
import dev.parley.chassis.page.Page;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;

/** {@code /v1/canned-responses}: texts to be used again. */
@Path("/v1/canned-responses")
@Authenticated
@Produces(MediaType.APPLICATION_JSON)
public class CannedResource {
  private final Callers callers;
  private final KeepCanned canned;

  CannedResource(Callers callers, KeepCanned canned) {
    this.callers = callers;
    this.canned = canned;
  }

  /** One's own and the tenant's, by code; {@code q} begins the code or stands in the text. */
  @GET
  @Operation(operationId = "listCannedResponses", summary = "Texts to be used again")
  @APIResponse(responseCode = "200", description = "A page by short code")
  @APIResponse(responseCode = "400", description = "`invalid_request`, `limit_out_of_range`")
  @APIResponse(responseCode = "401", description = "`unauthenticated`")
  @APIResponse(responseCode = "403", description = "`forbidden`: not for clients")
  public Uni<Page<CannedResponse>> list(
      @QueryParam("q") String q,
      @QueryParam("cursor") String cursor,
      @QueryParam("limit") Integer limit) {
    return canned.list(callers.current(), q, cursor, limit);
  }

  /** Keeps a text. */
  @POST
  @Operation(operationId = "createCannedResponse", summary = "Keep a text")
  @APIResponse(
      responseCode = "201",
      description = "Kept; with its `ETag`",
      content = @Content(schema = @Schema(implementation = CannedResponse.class)))
  @APIResponse(responseCode = "400", description = "`invalid_request`")
  @APIResponse(responseCode = "401", description = "`unauthenticated`")
  @APIResponse(responseCode = "403", description = "`forbidden`: the tenant's are administrators'")
  @APIResponse(responseCode = "409", description = "`name_taken`")
  public Uni<Response> create(
      @RestHeader("Idempotency-Key") String key,
      @Valid @NotNull(message = "is required") CannedRequest request) {
    return canned
        .create(callers.current(), key, request)
        .map(made -> Response.status(201).tag(Long.toString(made.version())).entity(made).build());
  }

  /** Changes a text. */
  @PATCH
  @Path("{id}")
  @Operation(operationId = "changeCannedResponse", summary = "Change a text")
  @APIResponse(responseCode = "200", description = "As it is now, with its `ETag`")
  @APIResponse(responseCode = "400", description = "`invalid_request`")
  @APIResponse(responseCode = "403", description = "`forbidden`")
  @APIResponse(responseCode = "404", description = "`not_found`")
  @APIResponse(responseCode = "409", description = "`name_taken`, `version_conflict`")
  public Uni<RestResponse<CannedResponse>> change(
      @RestPath String id,
      @RestHeader("If-Match") String ifMatch,
      @Valid @NotNull(message = "is required") CannedPatch patch) {
    return canned
        .change(callers.current(), id, ifMatch, patch)
        .map(now -> ResponseBuilder.ok(now).tag(Long.toString(now.version())).build());
  }

  /** Deletes a text. */
  @DELETE
  @Path("{id}")
  @Operation(operationId = "deleteCannedResponse", summary = "Delete a text")
  @APIResponse(responseCode = "204", description = "Gone")
  @APIResponse(responseCode = "403", description = "`forbidden`")
  @APIResponse(responseCode = "404", description = "`not_found`")
  @APIResponse(responseCode = "409", description = "`version_conflict`")
  public Uni<Void> delete(@RestPath String id, @RestHeader("If-Match") String ifMatch) {
    return canned.delete(callers.current(), id, ifMatch);
  }
}
