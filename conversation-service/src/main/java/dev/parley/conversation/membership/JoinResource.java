package dev.parley.conversation.membership;

import dev.parley.chassis.caller.Callers;
import dev.parley.conversation.ConversationView;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jboss.resteasy.reactive.RestPath;

/** {@code POST /v1/channels/{id}/join}. */
@Path("/v1/channels/{id}/join")
@Authenticated
@Produces(MediaType.APPLICATION_JSON)
public class JoinResource {
  private final Callers callers;
  private final JoinConversation join;

  JoinResource(Callers callers, JoinConversation join) {
    this.callers = callers;
    this.join = join;
  }

  /** Joins a channel, or the room of a deal that one sees. */
  @POST
  @Operation(operationId = "joinChannel", summary = "Take part in a channel or deal room")
  @APIResponse(
      responseCode = "200",
      description = "The conversation that one takes part in now",
      content = @Content(schema = @Schema(implementation = ConversationView.class)))
  @APIResponse(
      responseCode = "202",
      description = "One will take part; the place among the messages is still being fixed",
      content = @Content(schema = @Schema(implementation = ConversationView.class)))
  @APIResponse(responseCode = "401", description = "`unauthenticated`")
  @APIResponse(responseCode = "403", description = "`forbidden`")
  @APIResponse(responseCode = "404", description = "`not_found`")
  @APIResponse(responseCode = "409", description = "`conversation_archived`")
  @APIResponse(responseCode = "422", description = "`not_applicable`: not a type that one joins")
  public Uni<Response> join(@RestPath String id) {
    return join.join(callers.current(), id)
        .map(joined -> Response.status(joined.done() ? 200 : 202).entity(joined.view()).build());
  }
}
