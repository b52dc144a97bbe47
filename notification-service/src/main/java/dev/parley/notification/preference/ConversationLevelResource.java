package dev.parley.notification.preference;

import dev.parley.chassis.caller.Caller;
import dev.parley.chassis.caller.Callers;
import dev.parley.chassis.page.Page;
import dev.parley.chassis.problem.Code;
import dev.parley.chassis.problem.Problem;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jboss.resteasy.reactive.RestPath;

/** What the caller is told of single conversations. */
@Path("/v1/notification-preferences/conversations")
@Authenticated
@Produces(MediaType.APPLICATION_JSON)
@APIResponse(
    responseCode = "403",
    description = "`impersonation_forbidden`: logged in as somebody else")
public class ConversationLevelResource {
  private final Callers callers;
  private final ConversationLevels levels;

  ConversationLevelResource(Callers callers, ConversationLevels levels) {
    this.callers = callers;
    this.levels = levels;
  }

  @GET
  @Operation(
      operationId = "listConversationLevels",
      summary = "The conversations for which one chose something")
  @APIResponse(responseCode = "200", description = "A page")
  public Uni<Page<ConversationLevelView>> list(
      @QueryParam("cursor") String cursor, @QueryParam("limit") Integer limit) {
    return levels.page(self(), cursor, limit);
  }

  @GET
  @Path("/{id}")
  @Operation(
      operationId = "getConversationLevel",
      summary = "Of which messages of a conversation one is told")
  @APIResponse(responseCode = "200", description = "The choice, or what follows from the type's")
  @APIResponse(responseCode = "404", description = "`not_found`")
  public Uni<ConversationLevelView> get(@RestPath String id) {
    return levels.of(self(), id);
  }

  @PUT
  @Path("/{id}")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      operationId = "putConversationLevel",
      summary = "Choose of which messages of a conversation one is told, or mute it")
  @APIResponse(responseCode = "200", description = "The choice as stored")
  @APIResponse(responseCode = "404", description = "`not_found`")
  public Uni<ConversationLevelView> put(
      @RestPath String id, @NotNull ConversationLevelRequest request) {
    return levels.put(self(), id, request);
  }

  private Caller self() {
    Caller caller = callers.current();
    if (caller.impersonator() != null) {
      throw Problem.of(Code.IMPERSONATION_FORBIDDEN, "Preferences are the person's own.");
    }
    return caller;
  }
}
