package dev.parley.sms.webhook;

import dev.parley.chassis.problem.Code;
import dev.parley.chassis.problem.Problem;
import dev.parley.contracts.Ids;
import dev.parley.sms.provider.twilio.TwilioSignature;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/** {@code /webhooks/twilio}: Twilio calls; its signature is the authentication. */
@Path("/webhooks/twilio")
@PermitAll
class TwilioResource {
  private static final String NO_REPLY = "<Response/>";

  private final TwilioSignature signature;
  private final ReceiveSms receive;
  private final ApplyStatus apply;

  TwilioResource(TwilioSignature signature, ReceiveSms receive, ApplyStatus apply) {
    this.signature = signature;
    this.receive = receive;
    this.apply = apply;
  }

  @POST
  @Path("/messages")
  @Operation(operationId = "receiveTwilioMessage", summary = "Twilio's form of a text from outside")
  @APIResponse(
      responseCode = "200",
      description = "It is safe",
      content = @Content(mediaType = "text/xml", schema = @Schema(type = SchemaType.STRING)))
  @APIResponse(responseCode = "403", description = "`bad_signature`")
  @APIResponse(responseCode = "404", description = "`not_found`: no number of ours")
  public Uni<Response> message(byte[] body, @Context HttpServerRequest request) {
    return receive
        .receive(verified(body, request))
        .replaceWith(() -> Response.ok(NO_REPLY, "text/xml").build());
  }

  @POST
  @Path("/status")
  @Operation(operationId = "receiveTwilioStatus", summary = "Twilio's form of how far a text got")
  @APIResponse(responseCode = "204", description = "Taken, or of no text that we know")
  @APIResponse(responseCode = "403", description = "`bad_signature`")
  public Uni<Response> status(
      byte[] body, @Context HttpServerRequest request, @QueryParam("id") String id) {
    return apply
        .apply(Ids.parse(id), verified(body, request))
        .replaceWith(() -> Response.noContent().build());
  }

  private Form verified(byte[] body, HttpServerRequest request) {
    Form form = Form.of(body);
    String header = request.getHeader(TwilioSignature.HEADER);
    if (!signature.fits(request.uri(), form.fields(), header)) {
      throw Problem.of(Code.BAD_SIGNATURE, "The request is not signed by the carrier.");
    }
    return form;
  }
}
