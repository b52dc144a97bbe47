package dev.parley.conversation.assign;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.chassis.caller.Callers;
import dev.parley.conversation.ConversationView;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestPath;

/** {@code PUT /v1/conversations/{id}/assignment}: whose a customer conversation is. */
@Path("/v1/conversations/{id}/assignment")
@Authenticated
@Produces(MediaType.APPLICATION_JSON)
public class AssignmentResource {
  private final Callers callers;
  private final AssignConversation assign;

  AssignmentResource(Callers callers, AssignConversation assign) {
    this.callers = callers;
    this.assign = assign;
  }

  /** What is absent stays; null takes away. */
  @PUT
  @Operation(operationId = "assignConversation", summary = "Say whose it is")
  @RequestBody(
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = AssignmentBody.class)))
  @APIResponse(
      responseCode = "200",
      description = "The conversation as it is now, with its `ETag`",
      content = @Content(schema = @Schema(implementation = ConversationView.class)))
  @APIResponse(responseCode = "400", description = "`invalid_request`")
  @APIResponse(responseCode = "401", description = "`unauthenticated`")
  @APIResponse(responseCode = "403", description = "`forbidden`")
  @APIResponse(responseCode = "404", description = "`not_found`")
  @APIResponse(
      responseCode = "409",
      description = "`version_conflict` with `current`, `conversation_archived`")
  @APIResponse(
      responseCode = "422",
      description = "`unknown_reference` naming the field, `not_applicable`: a staff type")
  public Uni<Response> put(
      @RestPath String id, @RestHeader("If-Match") String ifMatch, ObjectNode body) {
    return assign
        .assign(callers.current(), id, ifMatch, new Assignment(body))
        .map(view -> Response.ok(view).tag(String.valueOf(view.version())).build());
  }
}
