package dev.parley.message.send.broadcast;

import dev.parley.chassis.caller.Callers;
import dev.parley.chassis.page.Page;
import dev.parley.contracts.event.Broadcast;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestPath;

/** {@code /v1/broadcasts}: mass messages, each its author's alone. */
@Path("/v1/broadcasts")
@Authenticated
@Produces(MediaType.APPLICATION_JSON)
public class BroadcastResource {
  private final Callers callers;
  private final StartBroadcast start;
  private final FollowBroadcasts follow;

  BroadcastResource(Callers callers, StartBroadcast start, FollowBroadcasts follow) {
    this.callers = callers;
    this.start = start;
    this.follow = follow;
  }

  /** Begins one; it goes on by itself. */
  @POST
  @Operation(operationId = "startBroadcast", summary = "Write to many clients, each for themselves")
  @APIResponse(
      responseCode = "202",
      description = "Under way, or done where nobody gets it; as it is, at its `Location`",
      content = @Content(schema = @Schema(implementation = Broadcast.class)))
  @APIResponse(responseCode = "403", description = "`forbidden`: not for clients")
  @APIResponse(
      responseCode = "422",
      description = "`unknown_reference`, `attachment_not_usable`, `not_applicable`")
  @APIResponse(responseCode = "429", description = "`rate_limited`: too many are under way")
  public Uni<Response> start(
      @RestHeader("Idempotency-Key") String key,
      @Valid @NotNull(message = "is required") BroadcastRequest request) {
    return start
        .start(callers.current(), key, request)
        .map(
            begun ->
                Response.status(202)
                    .location(URI.create("/v1/broadcasts/" + begun.id()))
                    .entity(begun)
                    .build());
  }

  /** Newest first. */
  @GET
  @Operation(operationId = "listBroadcasts", summary = "My mass messages")
  @APIResponse(responseCode = "200", description = "A page")
  public Uni<Page<Broadcast>> list(
      @QueryParam("cursor") String cursor, @QueryParam("limit") Integer limit) {
    return follow.list(callers.current(), cursor, limit);
  }

  /** As it is now. */
  @GET
  @Path("{id}")
  @Operation(operationId = "getBroadcast", summary = "How far a mass message got")
  @APIResponse(responseCode = "200", description = "As it is now")
  @APIResponse(responseCode = "404", description = "`not_found`")
  public Uni<Broadcast> get(@RestPath String id) {
    return follow.find(callers.current(), id);
  }

  /** The report, by client id; {@code state} gives those of one alone. */
  @GET
  @Path("{id}/recipients")
  @Operation(operationId = "listBroadcastRecipients", summary = "What became of it for each")
  @APIResponse(responseCode = "200", description = "A page")
  @APIResponse(responseCode = "404", description = "`not_found`")
  public Uni<Page<RecipientView>> recipients(
      @RestPath String id,
      @QueryParam("state") String state,
      @QueryParam("cursor") String cursor,
      @QueryParam("limit") Integer limit) {
    return follow.recipients(callers.current(), id, state, cursor, limit);
  }

  /** Stops the rest; what was sent stays. */
  @POST
  @Path("{id}/cancel")
  @Operation(operationId = "cancelBroadcast", summary = "Stop a mass message")
  @APIResponse(responseCode = "200", description = "As it is now: nobody else gets it")
  @APIResponse(responseCode = "404", description = "`not_found`")
  public Uni<Broadcast> cancel(@RestPath String id) {
    return follow.cancel(callers.current(), id);
  }
}
