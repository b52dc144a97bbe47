package dev.parley.message.threads;

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

/** {@code GET /v1/threads}. */
@Path("/v1/threads")
@Authenticated
@Produces(MediaType.APPLICATION_JSON)
public class ThreadsResource {
  private final Callers callers;
  private final ListThreads threads;

  ThreadsResource(Callers callers, ListThreads threads) {
    this.callers = callers;
    this.threads = threads;
  }

  /** The threads that one follows, or those of them with unread replies; newest reply first. */
  @GET
  @Operation(operationId = "listThreads", summary = "Threads that one follows")
  @APIResponse(responseCode = "200", description = "A page")
  @APIResponse(responseCode = "400", description = "`invalid_request`, `limit_out_of_range`")
  @APIResponse(responseCode = "401", description = "`unauthenticated`")
  public Uni<Page<ThreadItem>> list(
      @QueryParam("filter") String filter,
      @QueryParam("cursor") String cursor,
      @QueryParam("limit") Integer limit) {
    return threads.list(callers.current(), filter, cursor, Page.limit(limit));
  }
}
