package dev.parley.chassis.structure;

import com.tngtech.archunit.core.domain.JavaAnnotation;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The keys of a module's {@code @ConfigMapping} interfaces, as an operator writes them. */
public final class ConfigKeys {
  private static final String MAPPING = "io.smallrye.config.ConfigMapping";
  private static final String NAME = "io.smallrye.config.WithName";
  private static final String PARENT = "io.smallrye.config.WithParentName";

  private ConfigKeys() {}

  /** All keys, sorted; a map's key is written {@code *}. */
  public static List<String> of(SourceModule module) {
    Set<String> keys = new TreeSet<>();
    for (JavaClass type : module.classes()) {
      value(type.getAnnotations(), MAPPING, "prefix")
          .ifPresent(prefix -> collect(module, type, prefix, keys));
    }
    return List.copyOf(keys);
  }

  /** The keys that the page does not name. */
  public static List<String> missing(SourceModule module, Path page) {
    String text = Files.isRegularFile(page) ? SourceModule.read(page) : "";
    return of(module).stream()
        .filter(key -> !text.contains("`" + key + "`"))
        .map(key -> page.getFileName() + " does not name `" + key + "`")
        .toList();
  }

  private static void collect(SourceModule module, JavaClass type, String prefix, Set<String> to) {
    List<JavaMethod> methods =
        type.getMethods().stream()
            .filter(
                method -> method.getModifiers().stream().noneMatch(m -> "STATIC".equals(m.name())))
            .sorted(Comparator.comparing(JavaMethod::getName))
            .toList();
    for (JavaMethod method : methods) {
      String key = key(method, prefix);
      JavaClass returned = method.getRawReturnType();
      Optional<JavaClass> group = group(module, method);
      if (group.isPresent()) {
        boolean map = returned.getName().equals("java.util.Map");
        collect(module, group.get(), map ? key + ".*" : key, to);
      } else {
        to.add(returned.getName().equals("java.util.Map") ? key + ".*" : key);
      }
    }
  }

  /** A nested group: an interface of the module, by itself, optional, listed or mapped. */
  private static Optional<JavaClass> group(SourceModule module, JavaMethod method) {
    return method.getReturnType().getAllInvolvedRawTypes().stream()
        .filter(type -> type.isInterface() && module.isOwn(type.getPackageName()))
        .findFirst();
  }

  private static String key(JavaMethod method, String prefix) {
    if (method.getAnnotations().stream().anyMatch(a -> a.getRawType().getName().equals(PARENT))) {
      return prefix;
    }
    return prefix
        + "."
        + value(method.getAnnotations(), NAME, "value").orElseGet(() -> kebab(method.getName()));
  }

  private static Optional<String> value(
      Set<? extends JavaAnnotation<?>> annotations, String type, String member) {
    return annotations.stream()
        .filter(annotation -> annotation.getRawType().getName().equals(type))
        .findFirst()
        .flatMap(annotation -> annotation.get(member))
        .map(Object::toString);
  }

  private static String kebab(String name) {
    return name.replaceAll("([a-z0-9])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT);
  }
}
