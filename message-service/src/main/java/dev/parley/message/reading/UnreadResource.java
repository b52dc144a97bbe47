package dev.parley.message.reading;

import dev.parley.chassis.caller.Callers;
import dev.parley.message.Counts;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/** {@code GET /v1/unread}. */
@Path("/v1/unread")
@Authenticated
@Produces(MediaType.APPLICATION_JSON)
public class UnreadResource {
  private final Callers callers;
  private final Counts counts;

  UnreadResource(Callers callers, Counts counts) {
    this.callers = callers;
    this.counts = counts;
  }

  /**
   * What is unread in all conversations that one takes part in; the authority: what was pushed with
   * a lower {@code version} is older than this.
   */
  @GET
  @Operation(operationId = "readUnread", summary = "What is unread, everywhere")
  @APIResponse(responseCode = "200", description = "All counts")
  @APIResponse(responseCode = "401", description = "`unauthenticated`")
  public Uni<Unread> unread() {
    return counts.all(callers.current()).map(Unread::of);
  }
}
