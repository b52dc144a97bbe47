package dev.parley.conversation.directory;

import dev.parley.chassis.caller.Callers;
import dev.parley.chassis.page.Page;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/** {@code GET /v1/directory}. */
@Path("/v1/directory")
@Authenticated
@Produces(MediaType.APPLICATION_JSON)
public class DirectoryResource {
  private final Callers callers;
  private final FindPeople find;

  DirectoryResource(Callers callers, FindPeople find) {
    this.callers = callers;
    this.find = find;
  }

  /**
   * By {@code q}, a prefix of name or e-mail address, 8 by default; or by {@code ids}, up to 200.
   * Of every kind, unless {@code kind} is said.
   */
  @GET
  @Operation(operationId = "findPeople", summary = "People of the tenant")
  @APIResponse(responseCode = "200", description = "Those found")
  @APIResponse(responseCode = "400", description = "`invalid_request`, `limit_out_of_range`")
  @APIResponse(responseCode = "401", description = "`unauthenticated`")
  @APIResponse(responseCode = "403", description = "`forbidden`: not for clients")
  public Uni<Page<DirectoryEntry>> find(
      @QueryParam("q") String q,
      @QueryParam("kind") String kind,
      @QueryParam("ids") String ids,
      @QueryParam("cursor") String cursor,
      @QueryParam("limit") Integer limit) {
    return ids == null
        ? find.search(callers.current(), kind, q, cursor, limit)
        : find.named(callers.current(), kind, ids);
  }
}
