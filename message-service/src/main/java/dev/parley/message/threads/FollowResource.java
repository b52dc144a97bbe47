package dev.parley.message.threads;

import dev.parley.chassis.caller.Callers;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jboss.resteasy.reactive.RestPath;

/** {@code PUT} and {@code DELETE /v1/messages/{rootId}/follow}. */
@Path("/v1/messages/{rootId}/follow")
@Authenticated
public class FollowResource {
  private final Callers callers;
  private final FollowThread follow;

  FollowResource(Callers callers, FollowThread follow) {
    this.callers = callers;
    this.follow = follow;
  }

  /** Follows: from now on replies count in {@code threadUnread}. */
  @PUT
  @Operation(operationId = "followThread", summary = "Follow a thread")
  @APIResponse(responseCode = "204", description = "It is followed")
  @APIResponse(responseCode = "401", description = "`unauthenticated`")
  @APIResponse(
      responseCode = "403",
      description = "`forbidden`: only members follow, `impersonation_forbidden`")
  @APIResponse(responseCode = "404", description = "`not_found`")
  @APIResponse(responseCode = "422", description = "`not_applicable`: a reply is no root")
  public Uni<Void> follow(@RestPath String rootId) {
    return follow.follow(callers.current(), rootId, true);
  }

  /** Follows no more. */
  @DELETE
  @Operation(operationId = "unfollowThread", summary = "Follow a thread no more")
  @APIResponse(responseCode = "204", description = "It is not followed")
  @APIResponse(responseCode = "401", description = "`unauthenticated`")
  @APIResponse(
      responseCode = "403",
      description = "`forbidden`: only members follow, `impersonation_forbidden`")
  @APIResponse(responseCode = "404", description = "`not_found`")
  @APIResponse(responseCode = "422", description = "`not_applicable`: a reply is no root")
  public Uni<Void> unfollow(@RestPath String rootId) {
    return follow.follow(callers.current(), rootId, false);
  }
}
