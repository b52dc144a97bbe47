package dev.parley.sms.segments;

import dev.parley.chassis.caller.Callers;
import dev.parley.chassis.problem.Code;
import dev.parley.chassis.problem.Problem;
import dev.parley.contracts.PlainText;
import dev.parley.sms.Segments;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/** {@code /v1/sms/segments}: counts without sending. */
@Path("/v1/sms/segments")
@Authenticated
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
class SegmentsResource {
  private final Callers callers;

  SegmentsResource(Callers callers) {
    this.callers = callers;
  }

  @POST
  @Operation(operationId = "countSegments", summary = "How many segments a message is as a text")
  @APIResponse(responseCode = "200", description = "Counted on the plain text of it")
  public Uni<Segments> count(@NotNull @Valid SegmentsRequest request) {
    if (callers.current().isClient()) {
      throw Problem.of(Code.FORBIDDEN, "Clients send no texts by phone.");
    }
    return Uni.createFrom().item(() -> Segments.of(PlainText.of(request.body())));
  }
}
