package dev.parley.chassis.structure;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Packages below a service's root are features. A feature uses the root package, {@code copy}, a
 * {@code provider} port and the shared modules, never another feature: what two of them need moves
 * to the root. Consumers (package {@code inbound}, or any {@code BatchConsumer}) may use a
 * feature's use case, since an event and a request can mean the same deed.
 */
public final class Features {
  private static final Set<String> SHARED = Set.of("copy", "provider");
  private static final String CONSUMER = "dev.parley.chassis.consume.BatchConsumer";
  private static final List<String> COMMON = List.of("dev.parley.contracts", "dev.parley.chassis");

  private Features() {}

  /** Where a feature uses another one, or the root or a shared package uses a feature. */
  public static List<String> violations(SourceModule module) {
    Set<String> found = new TreeSet<>();
    for (JavaClass type : module.classes()) {
      String from = module.feature(type.getPackageName());
      for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
        JavaClass target = dependency.getTargetClass().getBaseComponentType();
        if (!module.isOwn(target.getPackageName())) {
          continue;
        }
        String to = module.feature(target.getPackageName());
        if (to.isEmpty() || to.equals(from) || SHARED.contains(to) || isConsumer(type, from)) {
          continue;
        }
        found.add(
            type.getName()
                + " uses "
                + target.getName()
                + ": "
                + (from.isEmpty() ? "the root package" : "feature " + from)
                + " must not know feature "
                + to);
      }
    }
    return List.copyOf(found);
  }

  /** Where a service uses another service, or the local stack. */
  public static List<String> foreign(SourceModule module) {
    Set<String> found = new TreeSet<>();
    for (JavaClass type : module.classes()) {
      for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
        String target = dependency.getTargetClass().getBaseComponentType().getName();
        if (target.startsWith("dev.parley.")
            && !module.isOwn(dependency.getTargetClass().getBaseComponentType().getPackageName())
            && COMMON.stream().noneMatch(common -> target.startsWith(common + "."))) {
          found.add(type.getName() + " uses " + target + ": services know only topics");
        }
      }
    }
    return List.copyOf(found);
  }

  static boolean isConsumer(JavaClass type, String feature) {
    JavaClass outer = type;
    while (outer.getEnclosingClass().isPresent()) {
      outer = outer.getEnclosingClass().get();
    }
    return feature.equals("inbound")
        || outer.getRawInterfaces().stream().anyMatch(face -> face.getName().equals(CONSUMER));
  }
}
