package dev.parley.conversation.settings;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.chassis.caller.Callers;
import dev.parley.conversation.SettingValues;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jboss.resteasy.reactive.RestHeader;

/** {@code /v1/tenant/settings}: for the tenant's administrators. */
@Path("/v1/tenant/settings")
@Authenticated
@Produces(MediaType.APPLICATION_JSON)
@APIResponse(
    responseCode = "200",
    description = "All settings by key, defaults included, with their `ETag`",
    content = @Content(schema = @Schema(type = SchemaType.OBJECT)))
@APIResponse(responseCode = "401", description = "`unauthenticated`")
@APIResponse(responseCode = "403", description = "`forbidden`: for the role `admin`")
public class SettingsResource {
  private final Callers callers;
  private final ChangeSettings settings;

  SettingsResource(Callers callers, ChangeSettings settings) {
    this.callers = callers;
    this.settings = settings;
  }

  /** All of them. */
  @GET
  @Operation(operationId = "getSettings", summary = "The tenant's settings")
  public Uni<Response> get() {
    return answer(settings.read(callers.current()));
  }

  /** Sets what is named and leaves the rest; null brings the default back. */
  @PUT
  @Operation(operationId = "putSettings", summary = "Change the tenant's settings")
  @RequestBody(content = @Content(schema = @Schema(type = SchemaType.OBJECT)))
  @APIResponse(
      responseCode = "400",
      description = "`invalid_request`: `violations` name the keys that are unknown or wrong")
  @APIResponse(responseCode = "409", description = "`version_conflict` with `current`")
  public Uni<Response> put(@RestHeader("If-Match") String ifMatch, ObjectNode body) {
    return answer(settings.change(callers.current(), ifMatch, body));
  }

  private static Uni<Response> answer(Uni<SettingValues> values) {
    return values.map(all -> Response.ok(all.byKey()).tag(String.valueOf(all.version())).build());
  }
}
