package dev.parley.chassis;

import java.nio.file.Files;
import java.nio.file.Path;

/** The checkout that a test runs in, for what one module's test reads of others: docs, sources. */
public final class Checkout {
  private Checkout() {}

  /** Its root folder. */
  public static Path dir() {
    String root = System.getProperty("parley.root");
    if (root != null && !root.contains("$")) {
      return Path.of(root);
    }
    Path dir = Path.of("").toAbsolutePath();
    while (!Files.isDirectory(dir.resolve("deploy/local"))) {
      dir = dir.getParent();
    }
    return dir;
  }
}
