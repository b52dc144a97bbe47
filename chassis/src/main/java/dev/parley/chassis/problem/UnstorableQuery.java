package dev.parley.chassis.problem;

import jakarta.ws.rs.container.ContainerRequestContext;
import java.util.List;
import java.util.Map;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/** Refuses query parameters with a NUL, by name: no text with one is stored anywhere. */
public class UnstorableQuery {
  @ServerRequestFilter
  public void refuse(ContainerRequestContext request) {
    String query = request.getUriInfo().getRequestUri().getRawQuery();
    if (query == null || !query.contains("%00")) {
      return;
    }
    for (Map.Entry<String, List<String>> parameter :
        request.getUriInfo().getQueryParameters().entrySet()) {
      if (parameter.getValue().stream().anyMatch(value -> value.indexOf(0) >= 0)) {
        throw Problem.invalid(parameter.getKey(), "must not contain NUL");
      }
    }
  }
}
