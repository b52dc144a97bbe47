package dev.parley.message.edit;

import dev.parley.chassis.caller.Callers;
import dev.parley.chassis.page.Page;
import dev.parley.message.MessageView;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
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

/** {@code PATCH /v1/messages/{id}} and {@code GET /v1/messages/{id}/history}. */
@Path("/v1/messages/{id}")
@Authenticated
@Produces(MediaType.APPLICATION_JSON)
public class EditMessageResource {
  private final Callers callers;
  private final EditMessage edit;
  private final ReadVersions versions;

  EditMessageResource(Callers callers, EditMessage edit, ReadVersions versions) {
    this.callers = callers;
    this.edit = edit;
    this.versions = versions;
  }

  /** Changes what one's own message says. Nobody edits what they have not read. */
  @PATCH
  @Operation(operationId = "editMessage", summary = "Edit one's own message")
  @APIResponse(responseCode = "200", description = "The message as it is now, with its `ETag`")
  @APIResponse(responseCode = "400", description = "`invalid_request`")
  @APIResponse(responseCode = "401", description = "`unauthenticated`")
  @APIResponse(
      responseCode = "403",
      description = "`forbidden`: not one's own, too late, or one takes part no more")
  @APIResponse(responseCode = "404", description = "`not_found`")
  @APIResponse(
      responseCode = "409",
      description =
          "`version_conflict` with `current`, `conversation_archived`, `already_sent`,"
              + " `confirm_required`")
  @APIResponse(
      responseCode = "422",
      description = "`unknown_reference`: somebody newly mentioned is unknown")
  @APIResponse(responseCode = "428", description = "`precondition_required`: no `If-Match`")
  public Uni<RestResponse<MessageView>> edit(
      @RestPath String id,
      @RestHeader("If-Match") String ifMatch,
      @Valid @NotNull EditMessageRequest request) {
    return edit.edit(callers.current(), id, ifMatch, request)
        .map(view -> ResponseBuilder.ok(view).tag(view.version().toString()).build());
  }

  /** What the message has said, oldest first; for staff. Of a deleted one nothing is kept. */
  @GET
  @Path("/history")
  @Operation(operationId = "readMessageHistory", summary = "Read what a message has said")
  @APIResponse(
      responseCode = "200",
      description = "A page, oldest first; the present text ends the last one")
  @APIResponse(responseCode = "400", description = "`invalid_request`, `limit_out_of_range`")
  @APIResponse(responseCode = "401", description = "`unauthenticated`")
  @APIResponse(responseCode = "403", description = "`forbidden`: for clients")
  @APIResponse(responseCode = "404", description = "`not_found`")
  public Uni<Page<Version>> history(
      @RestPath String id,
      @QueryParam("cursor") String cursor,
      @QueryParam("limit") Integer limit) {
    return versions.of(callers.current(), id, cursor, Page.limit(limit));
  }
}
