package dev.parley.presence.status;

import dev.parley.chassis.caller.Caller;
import dev.parley.chassis.caller.Callers;
import dev.parley.chassis.problem.Code;
import dev.parley.chassis.problem.Problem;
import dev.parley.contracts.Ids;
import dev.parley.presence.Presences;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.Arrays;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/** Who is online (api.md, presence-service). Not for clients. */
@Path("/v1/presence")
@Authenticated
@Produces(MediaType.APPLICATION_JSON)
public class PresenceResource {
  private static final int AT_MOST = 500;

  private final Callers callers;
  private final Presences presences;

  PresenceResource(Callers callers, Presences presences) {
    this.callers = callers;
    this.presences = presences;
  }

  @GET
  @Operation(operationId = "getPresence", summary = "The states of users of one's own tenant")
  @APIResponse(responseCode = "200", description = "A state for each id that was asked for")
  @APIResponse(
      responseCode = "403",
      description =
          "`forbidden`: clients see no presence; `impersonation_forbidden`: nor does who is logged"
              + " in as somebody else")
  public Uni<PresenceList> states(
      @Parameter(description = "User ids, separated by commas; at most 500") @QueryParam("userIds")
          List<String> userIds) {
    Caller caller = callers.current();
    if (caller.isClient()) {
      throw Problem.of(Code.FORBIDDEN, "Clients see no presence.");
    }
    if (caller.impersonator() != null) {
      throw Problem.of(
          Code.IMPERSONATION_FORBIDDEN, "No presence while logged in as somebody else.");
    }
    List<String> ids =
        userIds.stream().flatMap(some -> Arrays.stream(some.split(","))).distinct().toList();
    if (ids.isEmpty() || ids.size() > AT_MOST || !ids.stream().allMatch(Ids::isCrmId)) {
      throw Problem.invalid("userIds", "must be 1 to " + AT_MOST + " user ids");
    }
    return presences.states(caller.tenant(), ids).map(PresenceList::new);
  }
}
