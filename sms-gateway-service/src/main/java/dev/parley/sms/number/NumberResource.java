package dev.parley.sms.number;

import dev.parley.chassis.caller.Callers;
import dev.parley.chassis.page.Page;
import dev.parley.chassis.problem.Problem;
import dev.parley.sms.E164;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/** {@code /v1/sms/numbers}: for administrators. */
@Path("/v1/sms/numbers")
@Authenticated
@ForAdministrators
@Produces(MediaType.APPLICATION_JSON)
class NumberResource {
  private final Callers callers;
  private final ReadNumbers read;
  private final PutNumber put;

  NumberResource(Callers callers, ReadNumbers read, PutNumber put) {
    this.callers = callers;
    this.read = read;
    this.put = put;
  }

  @GET
  @Operation(operationId = "listNumbers", summary = "Our numbers, by number")
  @APIResponse(responseCode = "200", description = "One page of them")
  public Uni<Page<NumberView>> list(
      @QueryParam("cursor") String cursor, @QueryParam("limit") Integer limit) {
    return read.page(callers.current(), cursor, Page.limit(limit));
  }

  @GET
  @Path("/{e164}")
  @Operation(operationId = "getNumber", summary = "One of our numbers")
  @APIResponse(responseCode = "200", description = "The number")
  public Uni<NumberView> one(@PathParam("e164") String e164) {
    return read.one(callers.current(), number(e164));
  }

  @PUT
  @Path("/{e164}")
  @Operation(operationId = "putNumber", summary = "Bring a number in, or change it")
  @APIResponse(
      responseCode = "201",
      description = "Brought in; `Location`",
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = NumberView.class)))
  @APIResponse(
      responseCode = "200",
      description = "Changed",
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = NumberView.class)))
  @APIResponse(responseCode = "409", description = "`number_in_use`: another tenant's")
  @APIResponse(responseCode = "422", description = "`unknown_reference`: its holder or queue")
  public Uni<Response> put(@PathParam("e164") String e164, @NotNull @Valid NumberRequest request) {
    return put.put(callers.current(), number(e164), request)
        .map(
            result ->
                (result.created()
                        ? Response.created(URI.create("/v1/sms/numbers/" + e164))
                        : Response.ok())
                    .entity(NumberView.of(result.number()))
                    .build());
  }

  private static String number(String text) {
    return E164.of(text)
        .orElseThrow(() -> Problem.invalid("e164", "must be a number like +15551230100"));
  }
}
