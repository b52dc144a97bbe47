package dev.parley.message.pin;

import dev.parley.chassis.caller.Callers;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;

/** {@code GET /v1/timelines/{id}/pins} and {@code PUT·DELETE …/pins/{messageId}}. */
@Path("/v1/timelines/{id}/pins")
@Authenticated
@Produces(MediaType.APPLICATION_JSON)
public class PinResource {
  private final Callers callers;
  private final PinMessage pin;

  PinResource(Callers callers, PinMessage pin) {
    this.callers = callers;
    this.pin = pin;
  }

  /** The pins that one sees; at most 100. */
  @GET
  @Operation(operationId = "listPins", summary = "List a conversation's pins")
  @APIResponse(responseCode = "200", description = "The pins, with the set's `ETag`")
  @APIResponse(responseCode = "401", description = "`unauthenticated`")
  @APIResponse(responseCode = "403", description = "`forbidden`: for clients")
  @APIResponse(responseCode = "404", description = "`not_found`")
  public Uni<RestResponse<PinList>> list(@RestPath String id) {
    return pin.list(callers.current(), id).map(PinResource::tagged);
  }

  /** Pins; again, nothing happens. With {@code If-Match} only upon the set that was read. */
  @PUT
  @Path("/{messageId}")
  @Operation(operationId = "pinMessage", summary = "Pin a message")
  @APIResponse(responseCode = "200", description = "The pins, with the set's `ETag`")
  @APIResponse(responseCode = "401", description = "`unauthenticated`")
  @APIResponse(responseCode = "403", description = "`forbidden`: for clients; or one is not in it")
  @APIResponse(responseCode = "404", description = "`not_found`, or deleted")
  @APIResponse(
      responseCode = "409",
      description = "`version_conflict` with `current`, `conversation_archived`")
  @APIResponse(responseCode = "422", description = "`not_applicable`: 100 are there already")
  public Uni<RestResponse<PinList>> pin(
      @RestPath String id, @RestPath String messageId, @RestHeader("If-Match") String ifMatch) {
    return pin.pin(callers.current(), id, messageId, ifMatch).map(PinResource::tagged);
  }

  /** Takes a pin down; again, nothing happens. */
  @DELETE
  @Path("/{messageId}")
  @Operation(operationId = "unpinMessage", summary = "Take a pin down")
  @APIResponse(responseCode = "200", description = "The pins, with the set's `ETag`")
  @APIResponse(responseCode = "401", description = "`unauthenticated`")
  @APIResponse(responseCode = "403", description = "`forbidden`: for clients; or one is not in it")
  @APIResponse(responseCode = "404", description = "`not_found`")
  @APIResponse(
      responseCode = "409",
      description = "`version_conflict` with `current`, `conversation_archived`")
  public Uni<RestResponse<PinList>> unpin(
      @RestPath String id, @RestPath String messageId, @RestHeader("If-Match") String ifMatch) {
    return pin.unpin(callers.current(), id, messageId, ifMatch).map(PinResource::tagged);
  }

  private static RestResponse<PinList> tagged(PinList pins) {
    return ResponseBuilder.ok(pins).tag(Long.toString(pins.version())).build();
  }
}
