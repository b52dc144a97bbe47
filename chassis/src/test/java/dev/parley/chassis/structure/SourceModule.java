package dev.parley.chassis.structure;

import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** One module as its rules see it: compiled classes for what it uses, sources for how it reads. */
public final class SourceModule {
  private final Path dir;
  private final String root;
  private final JavaClasses classes;

  private SourceModule(Path dir, String root) {
    this.dir = dir;
    this.root = root;
    // The modules' own classes are enough; resolving every library's takes ten times as long.
    ArchConfiguration.get().setResolveMissingDependenciesFromClassPath(false);
    this.classes = new ClassFileImporter().importPath(dir.resolve("target").resolve("classes"));
  }

  /**
   * The module in that folder.
   *
   * @param root its base package, such as {@code dev.parley.message}
   * @throws IllegalStateException when there is nothing compiled in it, so that no rule can pass
   *     because it saw nothing
   */
  public static SourceModule at(Path dir, String root) {
    SourceModule module = new SourceModule(dir, root);
    if (module.classes().isEmpty()) {
      throw new IllegalStateException("no class of " + root + " below " + dir.toAbsolutePath());
    }
    return module;
  }

  Path dir() {
    return dir;
  }

  String root() {
    return root;
  }

  /** The classes of the module's own packages. */
  List<JavaClass> classes() {
    return classes.stream().filter(type -> isOwn(type.getPackageName())).toList();
  }

  boolean isOwn(String packageName) {
    return packageName.equals(root) || packageName.startsWith(root + ".");
  }

  /** The feature that a package belongs to: its first part below the root; empty for the root. */
  String feature(String packageName) {
    String rest = packageName.substring(root.length());
    return rest.isEmpty() ? "" : rest.substring(1).split("\\.")[0];
  }

  Path mainSources() {
    return dir.resolve("src/main/java");
  }

  List<Path> files(String below, String suffix) {
    Path start = dir.resolve(below);
    if (!Files.isDirectory(start)) {
      return List.of();
    }
    try (Stream<Path> walk = Files.walk(start)) {
      return walk.filter(file -> file.toString().endsWith(suffix)).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The file's path inside the module, as messages name it. */
  String name(Path file) {
    return dir.relativize(file).toString();
  }

  static String read(Path file) {
    try {
      return Files.readString(file, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
