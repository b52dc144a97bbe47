package dev.parley.local.process;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Where things lie in the checkout, found from where this class was loaded. */
public final class Layout {
  private Layout() {}

  /** {@code deploy/local}. */
  public static Path module() {
    try {
      // deploy/local/target/classes, or the jar beside it
      Path code = Path.of(Layout.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      return code.getParent().getParent().toAbsolutePath().normalize();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Where a stack keeps what it makes, in {@code data} and {@code run}: {@code deploy/local}, or
   * the folder that {@code PARLEY_LOCAL_HOME} names.
   */
  public static Path home() {
    String named = System.getenv().getOrDefault("PARLEY_LOCAL_HOME", "");
    return named.isEmpty() ? module() : Path.of(named).toAbsolutePath().normalize();
  }

  /** The checkout's root. */
  public static Path root() {
    return module().getParent().getParent();
  }

  public static Path target() {
    return module().resolve("target");
  }

  /** This JVM's own program, for the JVMs that we start. */
  public static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  /** Our classes, their libraries, the contracts: what each of our own JVMs needs. */
  public static String classPath() {
    return String.join(
        File.pathSeparator,
        target().resolve("classes").toString(),
        target().resolve("lib").resolve("*").toString(),
        root().resolve("contracts/target/classes").toString());
  }

  /** The folder that the Elasticsearch archive was unpacked to. */
  public static Path elasticsearch() {
    Path unpacked = target().resolve("elasticsearch");
    try (Stream<Path> folders = Files.list(unpacked)) {
      List<Path> homes =
          folders.filter(folder -> Files.exists(folder.resolve("bin/elasticsearch"))).toList();
      if (homes.size() != 1) {
        throw new IllegalStateException(
            "not exactly one Elasticsearch in " + unpacked + ": build deploy/local again");
      }
      return homes.get(0);
    } catch (IOException e) {
      throw new UncheckedIOException("no Elasticsearch: build deploy/local first", e);
    }
  }

  /** Deletes a folder with all that it holds. */
  public static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }
}
