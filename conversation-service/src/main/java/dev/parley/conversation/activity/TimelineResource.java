package dev.parley.conversation.activity;

import dev.parley.chassis.caller.Callers;
import dev.parley.chassis.page.Page;
import dev.parley.contracts.event.TimelineEntry;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/** {@code GET /v1/crm/timeline}: what is said beside the CRM's records. */
@Path("/v1/crm/timeline")
@Authenticated
@Produces(MediaType.APPLICATION_JSON)
@APIResponse(responseCode = "400", description = "`invalid_request`, `limit_out_of_range`")
@APIResponse(responseCode = "401", description = "`unauthenticated`")
@APIResponse(responseCode = "403", description = "`forbidden`: for the role `service`")
public class TimelineResource {
  private final Callers callers;
  private final ReadTimeline read;

  TimelineResource(Callers callers, ReadTimeline read) {
    this.callers = callers;
    this.read = read;
  }

  /**
   * The entries in the order of their last changes, as they are now. Keep the newest {@code next}
   * and come back with it.
   */
  @GET
  @Operation(operationId = "readTimeline", summary = "What is said beside records")
  @APIResponse(responseCode = "200", description = "A page, in the order in which they were told")
  public Uni<Page<TimelineEntry>> read(
      @QueryParam("cursor") String cursor, @QueryParam("limit") Integer limit) {
    return read.page(callers.current(), cursor, limit);
  }
}
