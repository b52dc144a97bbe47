package dev.parley.message.history;

import dev.parley.chassis.caller.Callers;
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

/** {@code GET /v1/timelines/{id}/messages}. */
@Path("/v1/timelines/{id}/messages")
@Authenticated
@Produces(MediaType.APPLICATION_JSON)
public class HistoryResource {
  private final Callers callers;
  private final ReadHistory history;

  HistoryResource(Callers callers, ReadHistory history) {
    this.callers = callers;
    this.history = history;
  }

  /**
   * A page, ascending: the newest without a position, else before, after or around a {@code seq};
   * or what changed behind a {@code rev}. 1 to 200 messages, 50 unless asked; never a silent cut.
   * Of a thread, only for who sees its root.
   */
  @GET
  @Operation(operationId = "readHistory", summary = "Read a page of a conversation's messages")
  @APIResponse(responseCode = "200", description = "The page")
  @APIResponse(responseCode = "400", description = "`invalid_request`, `limit_out_of_range`")
  @APIResponse(responseCode = "401", description = "`unauthenticated`")
  @APIResponse(
      responseCode = "404",
      description = "`not_found`: no such conversation, message or thread")
  public Uni<MessagePage> page(
      @RestPath String id,
      @QueryParam("beforeSeq") Long beforeSeq,
      @QueryParam("afterSeq") Long afterSeq,
      @QueryParam("around") Long around,
      @QueryParam("aroundId") String aroundId,
      @QueryParam("changedAfter") Long changedAfter,
      @QueryParam("limit") Integer limit,
      @QueryParam("thread") String thread) {
    return history.page(
        callers.current(),
        id,
        HistoryQuery.of(beforeSeq, afterSeq, around, aroundId, changedAfter, limit, thread));
  }
}
