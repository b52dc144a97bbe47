package dev.parley.search.find;

import dev.parley.chassis.caller.Callers;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/** Finds what the caller may see. */
@Path("/v1/search")
@Authenticated
@Produces(MediaType.APPLICATION_JSON)
public class SearchResource {
  private final Callers callers;
  private final Search search;

  SearchResource(Callers callers, Search search) {
    this.callers = callers;
    this.search = search;
  }

  @GET
  @Operation(
      operationId = "search",
      summary = "Search",
      description =
          "Accents and case do not matter, the last word may be a beginning, small typos are"
              + " forgiven. Whole words come first, then beginnings, then typos; newest first"
              + " within each. Highlights are [start, end) in UTF-16 code units of the snippet.")
  @APIResponse(responseCode = "200", description = "What was found, one page of it")
  public Uni<SearchPage> search(@BeanParam SearchParameters parameters) {
    return search.find(callers.current(), Criteria.of(parameters), parameters.cursor);
  }
}
