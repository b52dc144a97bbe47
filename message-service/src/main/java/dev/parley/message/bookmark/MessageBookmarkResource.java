package dev.parley.message.bookmark;

import dev.parley.chassis.caller.Callers;
import dev.parley.contracts.event.Bookmark;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestPath;

/** {@code POST /v1/messages/{id}/bookmarks}. */
@Path("/v1/messages/{id}/bookmarks")
@Authenticated
@Produces(MediaType.APPLICATION_JSON)
public class MessageBookmarkResource {
  private final Callers callers;
  private final MakeBookmark make;

  MessageBookmarkResource(Callers callers, MakeBookmark make) {
    this.callers = callers;
    this.make = make;
  }

  /** Bookmarks the message. */
  @POST
  @Operation(operationId = "makeBookmark", summary = "Bookmark a message")
  @APIResponse(
      responseCode = "201",
      description = "The bookmark, with `ETag` and `Location`",
      content = @Content(schema = @Schema(implementation = Bookmark.class)))
  @APIResponse(responseCode = "400", description = "`invalid_request`")
  @APIResponse(responseCode = "401", description = "`unauthenticated`")
  @APIResponse(responseCode = "403", description = "`forbidden`: for clients; or one is not in it")
  @APIResponse(responseCode = "404", description = "`not_found`, or deleted")
  @APIResponse(
      responseCode = "409",
      description = "`conversation_archived`, `idempotency_key_reused`")
  @APIResponse(responseCode = "422", description = "`unknown_reference`: the assignee")
  public Uni<Response> make(
      @RestPath String id,
      @RestHeader("Idempotency-Key") String key,
      @Valid @NotNull BookmarkRequest request) {
    return make.make(callers.current(), id, key, request)
        .map(
            answer ->
                Response.status(answer.status())
                    .location(URI.create("/v1/bookmarks/" + answer.body().id()))
                    .tag(Long.toString(answer.body().version()))
                    .entity(answer.body())
                    .build());
  }
}
