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
  public Uni<Response> message(byte[] body, @Context HttpServerRequest request) {
    return receive
        .receive(verified(body, request))
        .replaceWith(() -> Response.ok(NO_REPLY, "text/xml").build());
  }

  @POST
  @Path("/status")
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
