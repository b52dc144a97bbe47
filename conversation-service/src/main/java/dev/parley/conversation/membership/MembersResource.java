package dev.parley.conversation.membership;

import dev.parley.chassis.caller.Callers;
import dev.parley.chassis.page.Page;
import dev.parley.contracts.event.Member;
import dev.parley.contracts.event.MemberRole;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestPath;

/** {@code /v1/conversations/{id}/members}. */
@Path("/v1/conversations/{id}/members")
@Authenticated
@Produces(MediaType.APPLICATION_JSON)
@APIResponse(responseCode = "401", description = "`unauthenticated`")
@APIResponse(responseCode = "403", description = "`forbidden`")
@APIResponse(responseCode = "404", description = "`not_found`")
public class MembersResource {
  private final Callers callers;
  private final ListMembers list;
  private final AddMembers add;
  private final RemoveMember remove;
  private final ChangeRole changeRole;

  MembersResource(
      Callers callers,
      ListMembers list,
      AddMembers add,
      RemoveMember remove,
      ChangeRole changeRole) {
    this.callers = callers;
    this.list = list;
    this.add = add;
    this.remove = remove;
    this.changeRole = changeRole;
  }

  /** Body of {@code PATCH …/members/{memberId}}. */
  public record RoleRequest(@NotNull(message = "is required") MemberRole role) {}

  /** Who takes part, in order of joining. */
  @GET
  @Operation(operationId = "listMembers", summary = "Members")
  @APIResponse(responseCode = "200", description = "One page of them")
  public Uni<Page<Member>> list(
      @RestPath String id,
      @QueryParam("cursor") String cursor,
      @QueryParam("limit") Integer limit) {
    return list.list(callers.current(), id, cursor, limit);
  }

  /** Adds people; 201 once their place among the messages is fixed, 202 when that takes longer. */
  @POST
  @Operation(operationId = "addMembers", summary = "Add people")
  @APIResponse(
      responseCode = "201",
      description = "Members, with their place among the messages",
      content = @Content(schema = @Schema(implementation = MemberPage.class)))
  @APIResponse(
      responseCode = "202",
      description = "They will be members; their place is still being fixed",
      content = @Content(schema = @Schema(implementation = MemberPage.class)))
  @APIResponse(responseCode = "400", description = "`invalid_request`")
  @APIResponse(responseCode = "409", description = "`conversation_archived`, `number_in_use`")
  @APIResponse(
      responseCode = "422",
      description = "`unknown_reference`, `not_applicable`, `different_companies`, `no_sms_number`")
  public Uni<Response> add(
      @RestPath String id,
      @RestHeader("Idempotency-Key") String key,
      @Valid @NotNull(message = "is required") AddRequest request) {
    return add.add(callers.current(), id, key, request)
        .map(answer -> Response.status(answer.status()).entity(answer.body()).build());
  }

  /** Removes a member; {@code me} leaves. */
  @DELETE
  @Path("{memberId}")
  @Operation(operationId = "removeMember", summary = "Remove a member, or leave")
  @APIResponse(responseCode = "204", description = "Removed in every service")
  @APIResponse(responseCode = "202", description = "Being removed")
  @APIResponse(responseCode = "409", description = "`derived_member`, `not_removable`")
  public Uni<Response> remove(@RestPath String id, @RestPath String memberId) {
    return remove
        .remove(callers.current(), id, memberId)
        .map(done -> Response.status(done ? 204 : 202).build());
  }

  /** Gives a role; naming another owner hands the conversation over. */
  @PATCH
  @Path("{memberId}")
  @Operation(operationId = "changeRole", summary = "Give a role")
  @APIResponse(responseCode = "200", description = "The member as it is now")
  @APIResponse(responseCode = "422", description = "`not_applicable`")
  public Uni<Member> changeRole(
      @RestPath String id,
      @RestPath String memberId,
      @Valid @NotNull(message = "is required") RoleRequest request) {
    return changeRole.change(callers.current(), id, memberId, request.role());
  }
}
