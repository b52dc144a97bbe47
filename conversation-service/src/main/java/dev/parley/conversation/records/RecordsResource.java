package dev.parley.conversation.records;

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

/** {@code GET /v1/records}: records of the CRM, resolved for the reader. */
@Path("/v1/records")
@Authenticated
@Produces(MediaType.APPLICATION_JSON)
public class RecordsResource {
  private final Callers callers;
  private final FindRecords find;

  RecordsResource(Callers callers, FindRecords find) {
    this.callers = callers;
    this.find = find;
  }

  /** By {@code refs=deal:d1,company:acme}, or by {@code type} and {@code q}. */
  @GET
  @Operation(operationId = "findRecords", summary = "Records, by reference or by name")
  @APIResponse(responseCode = "200", description = "Those found")
  @APIResponse(responseCode = "400", description = "`invalid_request`, `limit_out_of_range`")
  @APIResponse(responseCode = "401", description = "`unauthenticated`")
  @APIResponse(responseCode = "403", description = "`forbidden`: not for clients")
  public Uni<Page<RecordCard>> find(
      @QueryParam("refs") String refs,
      @QueryParam("type") String type,
      @QueryParam("q") String q,
      @QueryParam("cursor") String cursor,
      @QueryParam("limit") Integer limit) {
    return refs == null
        ? find.search(callers.current(), type, q, cursor, limit)
        : find.named(callers.current(), refs);
  }
}
