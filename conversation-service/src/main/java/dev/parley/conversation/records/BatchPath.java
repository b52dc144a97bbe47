package dev.parley.conversation.records;

import jakarta.ws.rs.container.ContainerRequestContext;
import java.net.URI;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/**
 * Many HTTP clients write the colon of {@code records:batch} as {@code %3A}. RFC 3986 lets a server
 * take the two as one; routing by itself does not.
 */
public class BatchPath {
  private static final String ENCODED = "/v1/crm/records%3abatch";
  private static final String PLAIN = "/v1/crm/records:batch";

  /** Before the request is matched with a resource. */
  @ServerRequestFilter(preMatching = true)
  public void unify(ContainerRequestContext request) {
    URI uri = request.getUriInfo().getRequestUri();
    if (ENCODED.equalsIgnoreCase(uri.getRawPath())) {
      request.setRequestUri(uri.resolve(PLAIN));
    }
  }
}
