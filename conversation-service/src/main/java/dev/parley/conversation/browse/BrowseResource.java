package dev.parley.conversation.browse;

import dev.parley.chassis.caller.Callers;
import dev.parley.chassis.page.Page;
import dev.parley.conversation.ConversationView;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jboss.resteasy.reactive.RestPath;

/** {@code GET /v1/conversations} and {@code GET /v1/conversations/{id}}. */
@Path("/v1/conversations")
@Authenticated
@Produces(MediaType.APPLICATION_JSON)
public class BrowseResource {
  private final Callers callers;
  private final ListConversations list;
  private final ReadConversation read;

  BrowseResource(Callers callers, ListConversations list, ReadConversation read) {
    this.callers = callers;
    this.list = list;
    this.read = read;
  }

  /** The conversations one takes part in, starred ones first, then the newest activity. */
  @GET
  @Operation(operationId = "listConversations", summary = "Conversations one takes part in")
  @APIResponse(responseCode = "200", description = "One page of them, newest activity first")
  @APIResponse(responseCode = "400", description = "`invalid_request`, `limit_out_of_range`")
  @APIResponse(responseCode = "401", description = "`unauthenticated`")
  public Uni<Page<ConversationView>> list(@BeanParam ListRequest request) {
    return list.list(callers.current(), request);
  }

  /** One conversation, with its version as entity tag. */
  @GET
  @Path("{id}")
  @Operation(operationId = "getConversation", summary = "One conversation")
  @APIResponse(
      responseCode = "200",
      description = "As the reader sees it, with its `ETag`",
      content = @Content(schema = @Schema(implementation = ConversationView.class)))
  @APIResponse(responseCode = "401", description = "`unauthenticated`")
  @APIResponse(responseCode = "404", description = "`not_found`")
  public Uni<Response> get(@RestPath String id) {
    return read.read(callers.current(), id)
        .map(view -> Response.ok(view).tag(String.valueOf(view.version())).build());
  }
}
