package dev.parley.sms.number;

import dev.parley.chassis.caller.Caller;
import dev.parley.chassis.caller.Callers;
import dev.parley.chassis.page.Page;
import dev.parley.chassis.problem.Code;
import dev.parley.chassis.problem.Problem;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/** {@code /v1/sms/senders}: the caller's own numbers. */
@Path("/v1/sms/senders")
@Authenticated
@Produces(MediaType.APPLICATION_JSON)
class SenderResource {
  private final Callers callers;
  private final ReadNumbers read;

  SenderResource(Callers callers, ReadNumbers read) {
    this.callers = callers;
    this.read = read;
  }

  @GET
  @Operation(operationId = "listSenders", summary = "The numbers that one may text from")
  @APIResponse(responseCode = "200", description = "All of them; the first is the default")
  public Uni<Page<SenderView>> mine() {
    Caller caller = callers.current();
    if (caller.isClient()) {
      throw Problem.of(Code.FORBIDDEN, "Clients have no numbers.");
    }
    return read.senders(caller);
  }
}
