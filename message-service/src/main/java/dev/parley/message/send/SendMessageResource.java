package dev.parley.message.send;

import dev.parley.chassis.caller.Callers;
import dev.parley.message.MessageView;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jboss.resteasy.reactive.RestPath;

/** {@code POST /v1/timelines/{id}/messages}. */
@Path("/v1/timelines/{id}/messages")
@Authenticated
public class SendMessageResource {
  private final Callers callers;
  private final SendMessage send;

  SendMessageResource(Callers callers, SendMessage send) {
    this.callers = callers;
    this.send = send;
  }

  /**
   * Sends. Once the answer is 201 the message is on disk and will reach every member; the same
   * request again, whenever, answers 200 with that message.
   */
  @POST
  @Operation(operationId = "sendMessage", summary = "Send a message; idempotent by clientMsgId")
  @APIResponse(
      responseCode = "201",
      description =
          "Sent, with `ETag` and `Location`; `unreachable` lists mentioned people who cannot see it",
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = MessageView.class)))
  @APIResponse(
      responseCode = "200",
      description =
          "It was sent before; the message as it is now, with `Location` and, unless it is deleted,"
              + " `ETag`",
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = MessageView.class)))
  @APIResponse(
      responseCode = "400",
      description =
          "`invalid_request`: `violations` name the fields; `sms_too_long`: over 1,600 characters"
              + " as plain text")
  @APIResponse(responseCode = "401", description = "`unauthenticated`")
  @APIResponse(responseCode = "403", description = "`forbidden`: only admins post there")
  @APIResponse(responseCode = "404", description = "`not_found`")
  @APIResponse(
      responseCode = "409",
      description =
          "`client_msg_id_reused`, `conversation_closed`, `conversation_archived`,"
              + " `confirm_required`")
  @APIResponse(
      responseCode = "422",
      description =
          "`attachment_not_usable`, `not_applicable`, `unknown_reference`: a mentioned person or a"
              + " record is unknown")
  @APIResponse(responseCode = "503", description = "`unavailable`: try again, it is idempotent")
  public Uni<Response> send(@RestPath String id, @Valid @NotNull SendMessageRequest request) {
    return send.send(callers.current(), id, request)
        .map(
            sent ->
                Response.status(sent.repeated() ? 200 : 201)
                    .type(MediaType.APPLICATION_JSON_TYPE)
                    .location(URI.create("/v1/messages/" + sent.id()))
                    .tag(sent.version() == null ? null : sent.version().toString())
                    .entity(sent.json())
                    .build());
  }
}
