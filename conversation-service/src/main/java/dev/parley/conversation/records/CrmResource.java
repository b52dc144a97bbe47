package dev.parley.conversation.records;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.chassis.caller.Callers;
import dev.parley.chassis.page.Page;
import dev.parley.conversation.copy.RecordVersion;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jboss.resteasy.reactive.RestPath;

/** {@code /v1/crm}: the CRM tells of its records. Always 202: the version decides what stays. */
@Path("/v1/crm")
@Authenticated
@APIResponse(responseCode = "400", description = "`invalid_request`")
@APIResponse(responseCode = "401", description = "`unauthenticated`")
@APIResponse(responseCode = "403", description = "`forbidden`: for the role `service`")
public class CrmResource {
  private final Callers callers;
  private final TakeRecords take;
  private final ListVersions list;

  CrmResource(Callers callers, TakeRecords take, ListVersions list) {
    this.callers = callers;
    this.take = take;
    this.list = list;
  }

  /** The whole record; what is absent has been removed. */
  @PUT
  @Path("records/{type}/{id}")
  @Operation(operationId = "putRecord", summary = "Tell of a record")
  @APIResponse(responseCode = "202", description = "Committed; every service has it within 1 s")
  @RequestBody(
      content =
          @Content(
              schema =
                  @Schema(
                      type = org.eclipse.microprofile.openapi.annotations.enums.SchemaType.OBJECT)))
  public Uni<Response> put(@RestPath String type, @RestPath String id, ObjectNode body) {
    return take.upsert(callers.current(), type, id, body)
        .replaceWith(() -> Response.accepted().build());
  }

  /** A deletion is a version like any other: an older record that comes later stays deleted. */
  @DELETE
  @Path("records/{type}/{id}")
  @Operation(operationId = "deleteRecord", summary = "Tell of a record's end")
  @APIResponse(responseCode = "202", description = "Committed; every service has it within 1 s")
  public Uni<Response> delete(
      @RestPath String type, @RestPath String id, @QueryParam("version") Long version) {
    return take.delete(callers.current(), type, id, version)
        .replaceWith(() -> Response.accepted().build());
  }

  /** So that the CRM can see what has arrived; a deleted one counts as a version, too. */
  @GET
  @Path("records")
  @Produces(MediaType.APPLICATION_JSON)
  @Operation(operationId = "listRecordVersions", summary = "Ids and versions as they are here")
  @APIResponse(responseCode = "200", description = "A page by type and id")
  public Uni<Page<RecordVersion>> versions(
      @QueryParam("type") String type,
      @QueryParam("cursor") String cursor,
      @QueryParam("limit") Integer limit) {
    return list.page(callers.current(), type, cursor, limit);
  }

  /** {@code {items: [{op?, type, id, version, …}]}}, at most 500, all or none. */
  @POST
  @Path("records:batch")
  @Operation(operationId = "putRecords", summary = "Tell of up to 500 records")
  @APIResponse(responseCode = "202", description = "Committed; every service has it within 1 s")
  public Uni<Response> batch(JsonNode body) {
    return take.batch(callers.current(), body)
        .map(accepted -> Response.accepted(Map.of("accepted", accepted)).build());
  }
}
