package dev.parley.message.reading;

import dev.parley.chassis.caller.Callers;
import dev.parley.chassis.problem.ProblemBody;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jboss.resteasy.reactive.RestPath;

/** {@code PUT /v1/timelines/{id}/read} and {@code /unread-from}. */
@Path("/v1/timelines/{id}")
@Authenticated
@Produces(MediaType.APPLICATION_JSON)
public class ReadMarkResource {
  private static final String UNREAD_NOW =
      "What is unread now; who is logged in as somebody else leaves no mark";

  private final Callers callers;
  private final MarkRead marks;

  ReadMarkResource(Callers callers, MarkRead marks) {
    this.callers = callers;
    this.marks = marks;
  }

  /** Marks read up to that message, included. Goes only forward: a lower one changes nothing. */
  @PUT
  @Path("/read")
  @Operation(operationId = "markRead", summary = "Mark read up to a message")
  @APIResponse(responseCode = "200", description = UNREAD_NOW)
  @APIResponse(
      responseCode = "400",
      description = "`invalid_request`: `violations` name the fields",
      content = @Content(schema = @Schema(implementation = ProblemBody.class)))
  @APIResponse(responseCode = "401", description = "`unauthenticated`")
  @APIResponse(responseCode = "403", description = "`forbidden`: not joined")
  @APIResponse(responseCode = "404", description = "`not_found`")
  public Uni<ReadState> read(@RestPath String id, @Valid @NotNull MarkRequest request) {
    return marks.read(callers.current(), id, request);
  }

  /** Marks unread from that message on, included. Goes only backward. */
  @PUT
  @Path("/unread-from")
  @Operation(operationId = "markUnread", summary = "Mark unread from a message on")
  @APIResponse(responseCode = "200", description = UNREAD_NOW)
  @APIResponse(
      responseCode = "400",
      description = "`invalid_request`: `violations` name the fields",
      content = @Content(schema = @Schema(implementation = ProblemBody.class)))
  @APIResponse(responseCode = "401", description = "`unauthenticated`")
  @APIResponse(responseCode = "403", description = "`forbidden`: not joined")
  @APIResponse(responseCode = "404", description = "`not_found`")
  public Uni<ReadState> unreadFrom(@RestPath String id, @Valid @NotNull MarkRequest request) {
    return marks.unreadFrom(callers.current(), id, request);
  }
}
