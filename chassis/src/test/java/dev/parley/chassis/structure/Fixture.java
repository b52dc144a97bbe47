package dev.parley.chassis.structure;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** A small service made of the sources that a test gives, compiled. */
final class Fixture {
  static final String ROOT = "dev.parley.shop";

  private final Path dir;

  Fixture(Path dir) {
    this.dir = dir;
  }

  /** Adds a main class; package and name are read from the source. */
  Fixture with(String source) {
    String packageName = source.replaceFirst("(?s).*?package ([\\w.]+);.*", "$1");
    String type =
        source.contains("package-info")
            ? "package-info"
            : source.replaceFirst("(?s).*?\\b(?:class|interface|record|enum) (\\w+).*", "$1");
    return file("src/main/java/" + packageName.replace('.', '/') + "/" + type + ".java", source);
  }

  Fixture file(String name, String text) {
    try {
      Path file = dir.resolve(name);
      Files.createDirectories(file.getParent());
      Files.writeString(file, text);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Compiles what was added. */
  SourceModule module() {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter said = new StringWriter();
    try (StandardJavaFileManager files =
            compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8);
        var walk = Files.walk(dir.resolve("src/main/java"))) {
      List<Path> sources =
          new ArrayList<>(walk.filter(file -> file.toString().endsWith(".java")).toList());
      Path classes = Files.createDirectories(dir.resolve("target/classes"));
      List<String> options =
          List.of(
              "-proc:none", "-d", classes.toString(), "-cp", System.getProperty("java.class.path"));
      boolean compiled =
          compiler
              .getTask(said, files, null, options, null, files.getJavaFileObjectsFromPaths(sources))
              .call();
      if (!compiled) {
        throw new IllegalStateException(said.toString());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return SourceModule.at(dir, ROOT);
  }
}
