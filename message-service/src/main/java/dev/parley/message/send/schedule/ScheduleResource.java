package dev.parley.message.send.schedule;

import dev.parley.chassis.caller.Callers;
import dev.parley.chassis.idempotency.Idempotency.Answer;
import dev.parley.chassis.page.Page;
import dev.parley.contracts.event.ScheduledMessage;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;

/** {@code /v1/scheduled-messages}: messages to be sent later, each its author's alone. */
@Path("/v1/scheduled-messages")
@Authenticated
@Produces(MediaType.APPLICATION_JSON)
public class ScheduleResource {
  private final Callers callers;
  private final ScheduleMessage schedule;

  ScheduleResource(Callers callers, ScheduleMessage schedule) {
    this.callers = callers;
    this.schedule = schedule;
  }

  /** Plans a message; when its time has come, access is checked again. */
  @POST
  @Operation(operationId = "scheduleMessage", summary = "Plan a message")
  @APIResponse(
      responseCode = "201",
      description = "Planned; with its `ETag`",
      content = @Content(schema = @Schema(implementation = ScheduledMessage.class)))
  @APIResponse(
      responseCode = "200",
      description = "It was planned before under this `clientMsgId`; the plan as it is now, `ETag`",
      content = @Content(schema = @Schema(implementation = ScheduledMessage.class)))
  @APIResponse(responseCode = "400", description = "`invalid_request`")
  @APIResponse(responseCode = "401", description = "`unauthenticated`")
  @APIResponse(responseCode = "403", description = "`forbidden`: not for clients")
  @APIResponse(responseCode = "404", description = "`not_found`: no such conversation")
  @APIResponse(
      responseCode = "409",
      description =
          "`client_msg_id_reused`, `conversation_closed`, `conversation_archived`,"
              + " `confirm_required`, `idempotency_key_reused`")
  @APIResponse(
      responseCode = "422",
      description = "`attachment_not_usable`, `not_applicable`, `unknown_reference`")
  public Uni<Response> create(
      @RestHeader("Idempotency-Key") String key,
      @Valid @NotNull(message = "is required") ScheduleRequest request) {
    return schedule.create(callers.current(), key, request).map(ScheduleResource::answer);
  }

  private static Response answer(Answer<ScheduledMessage> planned) {
    return Response.status(planned.status())
        .tag(Long.toString(planned.body().version()))
        .entity(planned.body())
        .build();
  }

  /** What is still to be sent, or was not, by time. */
  @GET
  @Operation(operationId = "listScheduledMessages", summary = "My planned messages")
  @APIResponse(responseCode = "200", description = "A page")
  @APIResponse(responseCode = "400", description = "`invalid_request`, `limit_out_of_range`")
  @APIResponse(responseCode = "401", description = "`unauthenticated`")
  public Uni<Page<ScheduledMessage>> list(
      @QueryParam("cursor") String cursor, @QueryParam("limit") Integer limit) {
    return schedule.list(callers.current(), cursor, limit);
  }

  /** Changes what is not being sent; one that failed is planned anew. */
  @PATCH
  @Path("{id}")
  @Operation(operationId = "changeScheduledMessage", summary = "Change a planned message")
  @APIResponse(responseCode = "200", description = "As it is now, with its `ETag`")
  @APIResponse(responseCode = "400", description = "`invalid_request`")
  @APIResponse(responseCode = "404", description = "`not_found`")
  @APIResponse(
      responseCode = "409",
      description = "`already_sent`, `version_conflict`, `confirm_required`")
  @APIResponse(responseCode = "422", description = "`attachment_not_usable`, `unknown_reference`")
  public Uni<RestResponse<ScheduledMessage>> change(
      @RestPath String id,
      @RestHeader("If-Match") String ifMatch,
      @Valid @NotNull(message = "is required") SchedulePatch patch) {
    return schedule
        .change(callers.current(), id, ifMatch, patch)
        .map(now -> ResponseBuilder.ok(now).tag(Long.toString(now.version())).build());
  }

  /** Cancels it. */
  @DELETE
  @Path("{id}")
  @Operation(operationId = "cancelScheduledMessage", summary = "Cancel a planned message")
  @APIResponse(responseCode = "204", description = "It will not be sent")
  @APIResponse(responseCode = "404", description = "`not_found`")
  @APIResponse(responseCode = "409", description = "`already_sent`, `version_conflict`")
  public Uni<Void> cancel(@RestPath String id, @RestHeader("If-Match") String ifMatch) {
    return schedule.cancel(callers.current(), id, ifMatch);
  }
}
