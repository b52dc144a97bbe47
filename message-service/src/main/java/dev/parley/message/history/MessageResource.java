package dev.parley.message.history;

import dev.parley.chassis.caller.Callers;
import dev.parley.contracts.event.Message;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jboss.resteasy.reactive.RestPath;

/** {@code GET /v1/messages/{id}}. */
@Path("/v1/messages/{id}")
@Authenticated
public class MessageResource {
  private final Callers callers;
  private final ReadHistory history;

  MessageResource(Callers callers, ReadHistory history) {
    this.callers = callers;
    this.history = history;
  }

  /** One message. */
  @GET
  @Operation(operationId = "readMessage", summary = "Read one message")
  @APIResponse(responseCode = "200", description = "The message")
  @APIResponse(responseCode = "401", description = "`unauthenticated`")
  @APIResponse(responseCode = "404", description = "`not_found`")
  public Uni<Message> one(@RestPath String id) {
    return history.one(callers.current(), id);
  }
}
