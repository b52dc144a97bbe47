package dev.parley.conversation.inboxes;

import dev.parley.chassis.caller.Callers;
import dev.parley.chassis.page.Page;
import dev.parley.conversation.ConversationView;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/** {@code /v1/inboxes}: newest activity first, without archived conversations. */
@Path("/v1/inboxes")
@Authenticated
@Produces(MediaType.APPLICATION_JSON)
@APIResponse(responseCode = "401", description = "`unauthenticated`")
@APIResponse(responseCode = "403", description = "`forbidden`: not for clients")
public class InboxResource {
  private final Callers callers;
  private final ReadInbox read;

  InboxResource(Callers callers, ReadInbox read) {
    this.callers = callers;
    this.read = read;
  }

  /** The customer conversations that one may see. */
  @GET
  @Path("team")
  @Operation(operationId = "readTeamInbox", summary = "Team Inbox")
  @APIResponse(responseCode = "200", description = "A page, newest activity first")
  @APIResponse(responseCode = "400", description = "`invalid_request`, `limit_out_of_range`")
  public Uni<Page<ConversationView>> team(
      @QueryParam("cursor") String cursor, @QueryParam("limit") Integer limit) {
    return read.team(callers.current(), cursor, limit);
  }

  /** The customer conversations whose contact one owns, or that one is assigned to. */
  @GET
  @Path("assigned")
  @Operation(operationId = "readAssignedInbox", summary = "My Inbox: assigned to me")
  @APIResponse(responseCode = "200", description = "A page, newest activity first")
  @APIResponse(responseCode = "400", description = "`invalid_request`, `limit_out_of_range`")
  public Uni<Page<ConversationView>> assigned(
      @QueryParam("cursor") String cursor, @QueryParam("limit") Integer limit) {
    return read.assigned(callers.current(), cursor, limit);
  }

  /** One's own internal chats. */
  @GET
  @Path("internal")
  @Operation(operationId = "readInternalInbox", summary = "My Inbox: internal chats")
  @APIResponse(responseCode = "200", description = "A page, newest activity first")
  @APIResponse(responseCode = "400", description = "`invalid_request`, `limit_out_of_range`")
  public Uni<Page<ConversationView>> internal(
      @QueryParam("cursor") String cursor, @QueryParam("limit") Integer limit) {
    return read.internal(callers.current(), cursor, limit);
  }

  /** How many conversations each of them has. */
  @GET
  @Path("counts")
  @Operation(operationId = "countInboxes", summary = "How many conversations each inbox has")
  @APIResponse(
      responseCode = "200",
      description = "Conversations, not messages",
      content =
          @Content(
              schema = @Schema(implementation = ReadInbox.Counts.class),
              examples =
                  @ExampleObject(
                      name = "counts",
                      value = "{\"team\": 42, \"assigned\": 7, \"internal\": 3}")))
  public Uni<ReadInbox.Counts> counts() {
    return read.counts(callers.current());
  }
}
