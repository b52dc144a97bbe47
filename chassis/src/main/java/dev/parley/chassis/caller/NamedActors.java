package dev.parley.chassis.caller;

import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ResourceInfo;
import java.util.Set;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/**
 * Gives whoever asks for a change the name that all it tells and keeps of them has ({@link
 * CallerNames}), before the change begins: {@link Callers#current()} is called so from then on. The
 * one place for it, so that no event differs from another. Names are remembered; what only reads
 * tells of nobody and is not held up.
 */
public class NamedActors {
  private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");

  private final Callers callers;
  private final CallerNames names;

  NamedActors(Callers callers, CallerNames names) {
    this.callers = callers;
    this.names = names;
  }

  @ServerRequestFilter
  public Uni<Void> name(ContainerRequestContext request, ResourceInfo resource) {
    if (READING.contains(request.getMethod())
        || resource.getResourceClass().isAnnotationPresent(PermitAll.class)) {
      return Uni.createFrom().voidItem();
    }
    return names.called(callers.current()).invoke(Acting::as).replaceWithVoid();
  }
}
