package dev.parley.message.delete;

import dev.parley.chassis.caller.Callers;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.Path;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestPath;

/** {@code DELETE /v1/messages/{id}}. */
@Path("/v1/messages/{id}")
@Authenticated
public class DeleteMessageResource {
  private final Callers callers;
  private final DeleteMessage delete;

  DeleteMessageResource(Callers callers, DeleteMessage delete) {
    this.callers = callers;
    this.delete = delete;
  }

  /** Deletes; a tombstone stays in its place. Again, it is simply deleted. */
  @DELETE
  @Operation(operationId = "deleteMessage", summary = "Delete a message")
  @APIResponse(responseCode = "204", description = "It is deleted")
  @APIResponse(responseCode = "401", description = "`unauthenticated`")
  @APIResponse(
      responseCode = "403",
      description = "`forbidden`: another's, and one does not manage")
  @APIResponse(responseCode = "404", description = "`not_found`")
  @APIResponse(
      responseCode = "409",
      description = "`conversation_archived`, `version_conflict` with `current`")
  public Uni<Void> delete(@RestPath String id, @RestHeader("If-Match") String ifMatch) {
    return delete.delete(callers.current(), id, ifMatch);
  }
}
