package dev.parley.conversation.create;

import dev.parley.chassis.caller.Callers;
import dev.parley.conversation.ConversationView;
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
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jboss.resteasy.reactive.RestHeader;

/** {@code POST /v1/conversations}. */
@Path("/v1/conversations")
@Authenticated
@Produces(MediaType.APPLICATION_JSON)
public class CreateConversationResource {
  private final Callers callers;
  private final CreateConversation create;

  CreateConversationResource(Callers callers, CreateConversation create) {
    this.callers = callers;
    this.create = create;
  }

  /** Creates, or gives the one that there may be alone. */
  @POST
  @Operation(operationId = "createConversation", summary = "Create a conversation")
  @APIResponse(
      responseCode = "201",
      description = "Created; with `ETag` and `Location`",
      content = @Content(schema = @Schema(implementation = ConversationView.class)))
  @APIResponse(
      responseCode = "200",
      description =
          "There is one already (`direct`, `deal_room`, `client`, `company`, `sms`): `ETag`, `Location`",
      content = @Content(schema = @Schema(implementation = ConversationView.class)))
  @APIResponse(
      responseCode = "400",
      description = "`invalid_request`: `violations` name the fields")
  @APIResponse(responseCode = "401", description = "`unauthenticated`")
  @APIResponse(responseCode = "403", description = "`forbidden`, `impersonation_forbidden`")
  @APIResponse(
      responseCode = "404",
      description = "`not_found`: the room's deal, the channel's company")
  @APIResponse(
      responseCode = "409",
      description = "`name_taken`, `number_in_use`, `idempotency_key_reused`")
  @APIResponse(
      responseCode = "422",
      description = "`unknown_reference`, `not_applicable`, `different_companies`, `no_sms_number`")
  @RequestBody(
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = CreateRequest.class),
              examples = {
                @ExampleObject(name = "group", value = Examples.GROUP),
                @ExampleObject(name = "mixed group", value = Examples.MIXED_GROUP),
                @ExampleObject(name = "deal room", value = Examples.DEAL_ROOM)
              }))
  public Uni<Response> create(
      @RestHeader("Idempotency-Key") String key,
      @Valid @NotNull(message = "is required") CreateRequest request) {
    return create
        .create(callers.current(), key, request)
        .map(
            answer ->
                Response.status(answer.status())
                    .location(URI.create("/v1/conversations/" + answer.body().id()))
                    .tag(String.valueOf(answer.body().version()))
                    .entity(answer.body())
                    .build());
  }
}
