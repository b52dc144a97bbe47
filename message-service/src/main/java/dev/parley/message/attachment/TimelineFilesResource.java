package dev.parley.message.attachment;

import dev.parley.chassis.caller.Callers;
import dev.parley.chassis.page.Page;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jboss.resteasy.reactive.RestPath;

/** {@code GET /v1/timelines/{id}/attachments}. */
@Path("/v1/timelines/{id}/attachments")
@Authenticated
@Produces(MediaType.APPLICATION_JSON)
public class TimelineFilesResource {
  private final Callers callers;
  private final ListFiles list;

  TimelineFilesResource(Callers callers, ListFiles list) {
    this.callers = callers;
    this.list = list;
  }

  /**
   * Newest first; {@code type} is {@code image}, {@code video}, {@code audio}, {@code document}.
   */
  @GET
  @Operation(operationId = "listFiles", summary = "The files of a conversation")
  @APIResponse(responseCode = "200", description = "A page, newest first")
  @APIResponse(responseCode = "400", description = "`invalid_request`, `limit_out_of_range`")
  @APIResponse(responseCode = "401", description = "`unauthenticated`")
  @APIResponse(responseCode = "404", description = "`not_found`")
  public Uni<Page<FileView>> files(
      @RestPath String id,
      @QueryParam("type") String type,
      @QueryParam("cursor") String cursor,
      @QueryParam("limit") Integer limit) {
    return list.page(callers.current(), id, type, cursor, limit);
  }
}
