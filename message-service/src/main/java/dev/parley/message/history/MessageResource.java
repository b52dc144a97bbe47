package dev.parley.message.history;

import dev.parley.chassis.caller.Callers;
import dev.parley.message.MessageView;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;

/** {@code GET /v1/messages/{id}}. */
@Path("/v1/messages/{id}")
@Authenticated
@Produces(MediaType.APPLICATION_JSON)
public class MessageResource {
  private final Callers callers;
  private final ReadHistory history;

  MessageResource(Callers callers, ReadHistory history) {
    this.callers = callers;
    this.history = history;
  }

  /** One message, with its version as {@code ETag}; or what is left of it. */
  @GET
  @Operation(operationId = "readMessage", summary = "Read one message")
  @APIResponse(
      responseCode = "200",
      description =
          "The message, with its `ETag`; of a deleted one `{id, seq, deleted, deletedBy, deletedAt,"
              + " rev}` and, if it was a note, `visibility`")
  @APIResponse(responseCode = "401", description = "`unauthenticated`")
  @APIResponse(responseCode = "404", description = "`not_found`")
  public Uni<RestResponse<MessageView>> one(@RestPath String id) {
    return history.one(callers.current(), id).map(MessageResource::tagged);
  }

  private static RestResponse<MessageView> tagged(MessageView message) {
    ResponseBuilder<MessageView> answer = ResponseBuilder.ok(message);
    return (message.version() == null ? answer : answer.tag(message.version().toString())).build();
  }
}
