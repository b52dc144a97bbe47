package dev.parley.conversation.context;

import dev.parley.chassis.caller.Callers;
import dev.parley.contracts.event.Context;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestPath;

/** {@code GET·PUT /v1/conversations/{id}/context}: what a deal room is about. */
@Path("/v1/conversations/{id}/context")
@Authenticated
@Produces(MediaType.APPLICATION_JSON)
@APIResponse(
    responseCode = "200",
    description = "The context, with its `ETag`",
    content =
        @Content(
            schema = @Schema(implementation = Context.class),
            examples = {
              @ExampleObject(name = "with the deal", value = ContextResource.EXAMPLE),
              @ExampleObject(name = "without the right", value = ContextResource.STUB)
            }))
@APIResponse(responseCode = "401", description = "`unauthenticated`")
@APIResponse(responseCode = "404", description = "`not_found`")
@APIResponse(responseCode = "422", description = "`not_applicable`: no deal room")
public class ContextResource {
  static final String EXAMPLE =
      """
      {"deal": {"id": "d-7", "accessible": true, "name": "Launch 2026", "stage": "Negotiation", \
      "value": 125000.5, "currency": "EUR", "closeDate": "2026-06-30", "ownerId": "u-ana", \
      "companyId": "acme", "companyName": "Acme", "url": "https://crm.example/deals/7"}, \
      "topic": "Price", "note": "Not below 120k", "links": ["https://docs.example/offer"], \
      "version": 4, "changedBy": {"id": "u-ana", "name": "Ana Silva"}, \
      "changedAt": "2026-03-01T09:30:00.000Z"}""";

  static final String STUB =
      """
      {"deal": {"id": "d-7", "accessible": false}, "links": [], "version": 1}""";

  private final Callers callers;
  private final EditContext edit;

  ContextResource(Callers callers, EditContext edit) {
    this.callers = callers;
    this.edit = edit;
  }

  /** The deal as the CRM has it now, topic, note and links. */
  @GET
  @Operation(operationId = "getContext", summary = "What a deal room is about")
  public Uni<Response> get(@RestPath String id) {
    return answer(edit.read(callers.current(), id));
  }

  /** Topic, note and links, whole, upon the version that was read. */
  @PUT
  @Operation(operationId = "putContext", summary = "Write topic, note and links")
  @APIResponse(responseCode = "400", description = "`invalid_request`")
  @APIResponse(responseCode = "403", description = "`forbidden`: for members")
  @APIResponse(
      responseCode = "409",
      description = "`version_conflict` with `current`, `conversation_archived`")
  @APIResponse(responseCode = "428", description = "`precondition_required`: no `If-Match`")
  public Uni<Response> put(
      @RestPath String id,
      @RestHeader("If-Match") String ifMatch,
      @Valid @NotNull(message = "is required") ContextRequest request) {
    return answer(edit.write(callers.current(), id, ifMatch, request));
  }

  private static Uni<Response> answer(Uni<Context> context) {
    return context.map(one -> Response.ok(one).tag(String.valueOf(one.version())).build());
  }
}
