package dev.parley.conversation.change;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.chassis.caller.Callers;
import dev.parley.conversation.ConversationView;
import dev.parley.conversation.change.ChangeState.Act;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
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

/** {@code PATCH /v1/conversations/{id}}, {@code POST …/close|open|archive|unarchive}. */
@Path("/v1/conversations/{id}")
@Authenticated
@Produces(MediaType.APPLICATION_JSON)
@APIResponse(
    responseCode = "200",
    description = "The conversation as it is now, with its `ETag`",
    content = @Content(schema = @Schema(implementation = ConversationView.class)))
@APIResponse(responseCode = "401", description = "`unauthenticated`")
@APIResponse(responseCode = "403", description = "`forbidden`")
@APIResponse(responseCode = "404", description = "`not_found`")
@APIResponse(responseCode = "422", description = "`not_applicable`, `unknown_reference`")
public class ChangeResource {
  private final Callers callers;
  private final ChangeConversation change;
  private final ChangeState state;

  ChangeResource(Callers callers, ChangeConversation change, ChangeState state) {
    this.callers = callers;
    this.change = change;
    this.state = state;
  }

  /** Changes names, description, posting, attached records; null takes away. */
  @PATCH
  @Operation(operationId = "changeConversation", summary = "Change what it is called and about")
  @RequestBody(
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = ChangesBody.class)))
  @APIResponse(responseCode = "400", description = "`invalid_request`")
  @APIResponse(
      responseCode = "409",
      description = "`version_conflict` with `current`, `name_taken`, `conversation_archived`")
  public Uni<Response> change(
      @RestPath String id, @RestHeader("If-Match") String ifMatch, ObjectNode body) {
    return answer(change.change(callers.current(), id, ifMatch, new Changes(body)));
  }

  /** Takes no more messages until opened. */
  @POST
  @Path("close")
  @Operation(operationId = "closeConversation", summary = "Close")
  @APIResponse(
      responseCode = "409",
      description = "`version_conflict` with `current`, `conversation_archived`")
  public Uni<Response> close(@RestPath String id, @RestHeader("If-Match") String ifMatch) {
    return answer(state.change(callers.current(), id, ifMatch, Act.CLOSE));
  }

  /** Takes messages again. */
  @POST
  @Path("open")
  @Operation(operationId = "openConversation", summary = "Open again")
  @APIResponse(
      responseCode = "409",
      description = "`version_conflict` with `current`, `conversation_archived`")
  public Uni<Response> open(@RestPath String id, @RestHeader("If-Match") String ifMatch) {
    return answer(state.change(callers.current(), id, ifMatch, Act.OPEN));
  }

  /** Read-only, and out of the default lists. */
  @POST
  @Path("archive")
  @Operation(operationId = "archiveConversation", summary = "Archive")
  @APIResponse(responseCode = "409", description = "`version_conflict` with `current`")
  public Uni<Response> archive(@RestPath String id, @RestHeader("If-Match") String ifMatch) {
    return answer(state.change(callers.current(), id, ifMatch, Act.ARCHIVE));
  }

  /** Back among the open ones. */
  @POST
  @Path("unarchive")
  @Operation(operationId = "unarchiveConversation", summary = "Take out of the archive")
  @APIResponse(
      responseCode = "409",
      description = "`version_conflict` with `current`, `number_in_use`")
  public Uni<Response> unarchive(@RestPath String id, @RestHeader("If-Match") String ifMatch) {
    return answer(state.change(callers.current(), id, ifMatch, Act.UNARCHIVE));
  }

  private static Uni<Response> answer(Uni<ConversationView> changed) {
    return changed.map(view -> Response.ok(view).tag(String.valueOf(view.version())).build());
  }
}
