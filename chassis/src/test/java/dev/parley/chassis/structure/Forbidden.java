package dev.parley.chassis.structure;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethodReference;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Calls and types that main code does without, each with what to do instead. */
public final class Forbidden {
  private static final String CLOCK = "inject java.time.Clock";
  private static final String PRINT = "log with org.jboss.logging.Logger";

  /** By owner and name; calls with a Clock as argument are allowed. */
  private static final Map<String, String> MEMBERS =
      Map.ofEntries(
          Map.entry("java.time.Instant.now", CLOCK),
          Map.entry("java.time.LocalDate.now", CLOCK),
          Map.entry("java.time.LocalTime.now", CLOCK),
          Map.entry("java.time.LocalDateTime.now", CLOCK),
          Map.entry("java.time.OffsetDateTime.now", CLOCK),
          Map.entry("java.time.ZonedDateTime.now", CLOCK),
          Map.entry("java.lang.System.currentTimeMillis", CLOCK),
          Map.entry("java.util.UUID.randomUUID", "Ids.next() or Ids.named()"),
          Map.entry("java.lang.Thread.sleep", "a timer, or a wait that an event ends"),
          Map.entry("java.util.concurrent.TimeUnit.sleep", "a timer, or a wait that an event ends"),
          Map.entry("java.lang.System.out", PRINT),
          Map.entry("java.lang.System.err", PRINT),
          Map.entry("java.lang.Throwable.printStackTrace", PRINT),
          Map.entry("io.smallrye.mutiny.groups.UniAwait.indefinitely", "await().atMost(…)"));

  /** By name, whoever owns it. */
  private static final Map<String, String> NAMES =
      Map.of("sendAndForget", "the outbox: work.emit(…)", "sendAndAwait", "the outbox");

  private static final Map<String, String> TYPES =
      Map.of(
          "org.hibernate.reactive.mutiny.Mutiny$SessionFactory", "Tx",
          "io.quarkus.hibernate.reactive.panache.common.WithTransaction", "Tx",
          "jakarta.transaction.Transactional", "Tx",
          "org.jboss.resteasy.reactive.RestQuery", "@QueryParam, which names what is wrong");

  private static final Map<String, String> DOORWAY =
      Map.of("io.vertx.mutiny.sqlclient.Pool", "Tx", "io.vertx.sqlclient.Pool", "Tx");

  private Forbidden() {}

  /** Calls and types that no main code uses. */
  public static List<String> violations(SourceModule module) {
    Set<String> found = new LinkedHashSet<>();
    for (JavaClass type : module.classes()) {
      Stream.concat(type.getAccessesFromSelf().stream(), methodReferences(type))
          .forEach(
              access -> {
                String instead = instead(access);
                if (instead != null) {
                  found.add(
                      type.getName()
                          + " line "
                          + access.getLineNumber()
                          + " uses "
                          + access.getTarget().getName()
                          + "; instead: "
                          + instead);
                }
              });
    }
    types(module, TYPES, found);
    return List.copyOf(found);
  }

  /** Where a service goes round the one doorway to its database. */
  public static List<String> besidesTheDoorway(SourceModule module) {
    Set<String> found = new LinkedHashSet<>();
    types(module, DOORWAY, found);
    return List.copyOf(found);
  }

  private static void types(SourceModule module, Map<String, String> types, Set<String> found) {
    for (JavaClass type : module.classes()) {
      for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
        String name = dependency.getTargetClass().getBaseComponentType().getName();
        if (types.containsKey(name)) {
          found.add(type.getName() + " uses " + name + "; instead: " + types.get(name));
        }
      }
    }
  }

  private static Stream<JavaAccess<?>> methodReferences(JavaClass type) {
    return type.getMethodReferencesFromSelf().stream().map(JavaMethodReference.class::cast);
  }

  private static String instead(JavaAccess<?> access) {
    String name = access.getTarget().getName();
    if (NAMES.containsKey(name)) {
      return NAMES.get(name);
    }
    String instead = MEMBERS.get(access.getTargetOwner().getName() + "." + name);
    return instead == null || access.getTarget().getFullName().contains("(java.time.Clock)")
        ? null
        : instead;
  }
}
