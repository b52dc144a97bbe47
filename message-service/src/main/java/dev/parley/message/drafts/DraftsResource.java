package dev.parley.message.drafts;

import dev.parley.chassis.caller.Callers;
import dev.parley.chassis.page.Page;
import dev.parley.contracts.event.Draft;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;

/** {@code GET /v1/drafts}, {@code PUT} and {@code DELETE /v1/drafts/{conversationId}}. */
@Path("/v1/drafts")
@Authenticated
@Produces(MediaType.APPLICATION_JSON)
public class DraftsResource {
  private final Callers callers;
  private final KeepDrafts drafts;

  DraftsResource(Callers callers, KeepDrafts drafts) {
    this.callers = callers;
    this.drafts = drafts;
  }

  /** What one is writing, latest first; of its files those that can be sent still. */
  @GET
  @Operation(operationId = "listDrafts", summary = "What one is writing")
  @APIResponse(responseCode = "200", description = "A page")
  @APIResponse(responseCode = "400", description = "`invalid_request`, `limit_out_of_range`")
  @APIResponse(responseCode = "401", description = "`unauthenticated`")
  @APIResponse(responseCode = "403", description = "`impersonation_forbidden`")
  public Uni<Page<Draft>> list(
      @QueryParam("cursor") String cursor, @QueryParam("limit") Integer limit) {
    return drafts.list(callers.current(), cursor, Page.limit(limit));
  }

  /** Keeps a draft, one for each place; the other devices are told. The last one stays. */
  @PUT
  @Path("/{conversationId}")
  @Operation(operationId = "saveDraft", summary = "Keep what one is writing")
  @APIResponse(
      responseCode = "200",
      description = "The draft, with its `ETag`; without files that are gone")
  @APIResponse(responseCode = "400", description = "`invalid_request`")
  @APIResponse(responseCode = "401", description = "`unauthenticated`")
  @APIResponse(
      responseCode = "403",
      description = "`impersonation_forbidden`; `forbidden`: not joined")
  @APIResponse(responseCode = "404", description = "`not_found`")
  @APIResponse(responseCode = "409", description = "`version_conflict`, `conversation_archived`")
  @APIResponse(responseCode = "422", description = "`attachment_not_usable`: no file of theirs")
  public Uni<RestResponse<Draft>> save(
      @RestPath String conversationId,
      @QueryParam("thread") String thread,
      @RestHeader("If-Match") String ifMatch,
      @Valid @NotNull DraftRequest request) {
    return drafts
        .save(callers.current(), conversationId, thread, ifMatch, request)
        .map(draft -> ResponseBuilder.ok(draft).tag(Long.toString(draft.version())).build());
  }

  /** Throws a draft away; none is no error. */
  @DELETE
  @Path("/{conversationId}")
  @Operation(operationId = "deleteDraft", summary = "Throw a draft away")
  @APIResponse(responseCode = "204", description = "There is none")
  @APIResponse(responseCode = "400", description = "`invalid_request`")
  @APIResponse(responseCode = "401", description = "`unauthenticated`")
  @APIResponse(responseCode = "403", description = "`impersonation_forbidden`")
  @APIResponse(responseCode = "404", description = "`not_found`")
  @APIResponse(responseCode = "409", description = "`version_conflict`")
  public Uni<Void> delete(
      @RestPath String conversationId,
      @QueryParam("thread") String thread,
      @RestHeader("If-Match") String ifMatch) {
    return drafts.delete(callers.current(), conversationId, thread, ifMatch);
  }
}
