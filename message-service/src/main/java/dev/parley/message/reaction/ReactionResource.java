package dev.parley.message.reaction;

import dev.parley.chassis.caller.Callers;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jboss.resteasy.reactive.RestPath;

/** {@code PUT·DELETE /v1/messages/{id}/reactions/{emoji}}. */
@Path("/v1/messages/{id}/reactions/{emoji}")
@Authenticated
public class ReactionResource {
  private final Callers callers;
  private final React react;

  ReactionResource(Callers callers, React react) {
    this.callers = callers;
    this.react = react;
  }

  /** Reacts; again, nothing happens. */
  @PUT
  @Operation(operationId = "addReaction", summary = "React to a message")
  @APIResponse(responseCode = "204", description = "One's reaction is there")
  @APIResponse(responseCode = "400", description = "`invalid_request`: not one emoji")
  @APIResponse(responseCode = "401", description = "`unauthenticated`")
  @APIResponse(responseCode = "403", description = "`forbidden`: one takes no part")
  @APIResponse(responseCode = "404", description = "`not_found`, or deleted")
  @APIResponse(responseCode = "409", description = "`conversation_archived`")
  @APIResponse(responseCode = "422", description = "`not_applicable`: 50 kinds are there already")
  public Uni<Void> add(@RestPath String id, @RestPath String emoji) {
    return react.add(callers.current(), id, emoji);
  }

  /** Takes it back; again, nothing happens. */
  @DELETE
  @Operation(operationId = "removeReaction", summary = "Take a reaction back")
  @APIResponse(responseCode = "204", description = "One's reaction is not there")
  @APIResponse(responseCode = "400", description = "`invalid_request`: not one emoji")
  @APIResponse(responseCode = "401", description = "`unauthenticated`")
  @APIResponse(responseCode = "403", description = "`forbidden`: one takes no part")
  @APIResponse(responseCode = "404", description = "`not_found`, or deleted")
  @APIResponse(responseCode = "409", description = "`conversation_archived`")
  public Uni<Void> remove(@RestPath String id, @RestPath String emoji) {
    return react.remove(callers.current(), id, emoji);
  }
}
