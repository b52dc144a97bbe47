package dev.parley.message.bookmark;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.chassis.caller.Callers;
import dev.parley.chassis.page.Page;
import dev.parley.contracts.event.Bookmark;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;

/** {@code GET /v1/bookmarks} and {@code PATCH·DELETE /v1/bookmarks/{id}}. */
@Path("/v1/bookmarks")
@Authenticated
@Produces(MediaType.APPLICATION_JSON)
public class BookmarkResource {
  private final Callers callers;
  private final ListBookmarks list;
  private final ChangeBookmark change;

  BookmarkResource(Callers callers, ListBookmarks list, ChangeBookmark change) {
    this.callers = callers;
    this.list = list;
    this.change = change;
  }

  /** Those of messages that one sees, newest first: for all, and one's own. */
  @GET
  @Operation(operationId = "listBookmarks", summary = "List bookmarks")
  @APIResponse(responseCode = "200", description = "A page")
  @APIResponse(responseCode = "400", description = "`invalid_request`, `limit_out_of_range`")
  @APIResponse(responseCode = "403", description = "`forbidden`: for clients")
  public Uni<Page<Bookmark>> list(
      @QueryParam("type") String type,
      @QueryParam("status") String status,
      @QueryParam("conversationId") String conversationId,
      @QueryParam("recordType") String recordType,
      @QueryParam("recordId") String recordId,
      @QueryParam("assigneeId") String assigneeId,
      @QueryParam("cursor") String cursor,
      @QueryParam("limit") Integer limit) {
    BookmarkQuery query =
        BookmarkQuery.of(type, status, conversationId, recordType, recordId, assigneeId);
    return list.page(callers.current(), query, cursor, limit);
  }

  /** Changes what the request names; null takes note, assignee or due time away. */
  @PATCH
  @Path("/{id}")
  @Operation(operationId = "changeBookmark", summary = "Change a bookmark")
  @RequestBody(
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = BookmarkPatch.class)))
  @APIResponse(
      responseCode = "200",
      description = "As it is now, with its `ETag`",
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = Bookmark.class)))
  @APIResponse(responseCode = "403", description = "`forbidden`")
  @APIResponse(responseCode = "404", description = "`not_found`")
  @APIResponse(responseCode = "409", description = "`version_conflict`, `conversation_archived`")
  @APIResponse(responseCode = "422", description = "`unknown_reference`: the assignee")
  public Uni<RestResponse<Bookmark>> change(
      @RestPath String id, @RestHeader("If-Match") String ifMatch, ObjectNode body) {
    return change
        .change(callers.current(), id, ifMatch, new BookmarkChanges(body))
        .map(after -> ResponseBuilder.ok(after).tag(Long.toString(after.version())).build());
  }

  /** Removes it. */
  @DELETE
  @Path("/{id}")
  @Operation(operationId = "deleteBookmark", summary = "Remove a bookmark")
  @APIResponse(responseCode = "204", description = "It is gone")
  @APIResponse(responseCode = "403", description = "`forbidden`")
  @APIResponse(responseCode = "404", description = "`not_found`")
  @APIResponse(responseCode = "409", description = "`version_conflict`, `conversation_archived`")
  public Uni<Void> delete(@RestPath String id, @RestHeader("If-Match") String ifMatch) {
    return change.delete(callers.current(), id, ifMatch);
  }
}
