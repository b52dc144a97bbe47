package dev.parley.message.reading;

import dev.parley.chassis.caller.Callers;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jboss.resteasy.reactive.RestPath;

/** {@code GET /v1/timelines/{id}/read-cursors}. */
@Path("/v1/timelines/{id}/read-cursors")
@Authenticated
@Produces(MediaType.APPLICATION_JSON)
public class ReadCursorsResource {
  private final Callers callers;
  private final ListReadCursors cursors;

  ReadCursorsResource(Callers callers, ListReadCursors cursors) {
    this.callers = callers;
    this.cursors = cursors;
  }

  /**
   * Who has read what, by name in conversations of up to 50 members; above, how many users have
   * read the newest message.
   */
  @GET
  @Operation(operationId = "listReadCursors", summary = "Who has read what")
  @APIResponse(responseCode = "200", description = "`items`, or `count` above 50 members")
  @APIResponse(responseCode = "401", description = "`unauthenticated`")
  @APIResponse(responseCode = "403", description = "`forbidden`: clients have no receipts")
  @APIResponse(responseCode = "404", description = "`not_found`")
  public Uni<ReadCursors> list(@RestPath String id) {
    return cursors.list(callers.current(), id);
  }
}
