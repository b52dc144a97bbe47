package dev.parley.chassis.structure;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * A {@code …Resource} speaks HTTP and nothing else: it is secured on the class, where nobody can
 * forget a method, and asks a use case or a store, never the database.
 */
public final class Resources {
  private static final Set<String> SECURITY =
      Set.of(
          "io.quarkus.security.Authenticated",
          "jakarta.annotation.security.PermitAll",
          "jakarta.annotation.security.RolesAllowed");
  private static final List<String> DATABASE =
      List.of(
          "io.vertx.mutiny.sqlclient.",
          "io.vertx.sqlclient.",
          "io.vertx.mutiny.pgclient.",
          "io.vertx.pgclient.",
          "dev.parley.chassis.tx.Tx");

  private Resources() {}

  /** Resources without security on the class, with database access, or under another name. */
  public static List<String> violations(SourceModule module) {
    Set<String> found = new TreeSet<>();
    for (JavaClass type : module.classes()) {
      boolean resource = type.getSimpleName().endsWith("Resource");
      if (!resource && has(type, Set.of("jakarta.ws.rs.Path"))) {
        found.add(type.getName() + " has a @Path: its name must end in Resource");
      }
      if (!resource) {
        continue;
      }
      if (!has(type, SECURITY)) {
        found.add(type.getName() + " has neither @Authenticated nor @RolesAllowed nor @PermitAll");
      }
      for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
        String target = dependency.getTargetClass().getBaseComponentType().getName();
        if (DATABASE.stream().anyMatch(target::startsWith)) {
          found.add(type.getName() + " touches " + target + ": that is a store's business");
        }
      }
    }
    return List.copyOf(found);
  }

  private static boolean has(JavaClass type, Set<String> annotations) {
    return type.getAnnotations().stream()
        .anyMatch(annotation -> annotations.contains(annotation.getRawType().getName()));
  }
}
