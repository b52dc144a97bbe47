package dev.parley.conversation.browse;

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
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/** {@code GET /v1/channels}. */
@Path("/v1/channels")
@Authenticated
@Produces(MediaType.APPLICATION_JSON)
public class ChannelsResource {
  private final Callers callers;
  private final BrowseChannels browse;

  ChannelsResource(Callers callers, BrowseChannels browse) {
    this.callers = callers;
    this.browse = browse;
  }

  /** The tenant's channels by name; {@code myRole} is there where one has joined. */
  @GET
  @Operation(operationId = "browseChannels", summary = "Channels that one may join")
  @APIResponse(responseCode = "200", description = "A page by name")
  @APIResponse(responseCode = "400", description = "`invalid_request`, `limit_out_of_range`")
  @APIResponse(responseCode = "401", description = "`unauthenticated`")
  @APIResponse(responseCode = "403", description = "`forbidden`: for users alone")
  public Uni<Page<ConversationView>> browse(
      @Parameter(description = "in name or description", example = "gen") @QueryParam("q") String q,
      @QueryParam("cursor") String cursor,
      @QueryParam("limit") Integer limit) {
    return browse.browse(callers.current(), q, cursor, limit);
  }
}
