package dev.parley.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The checkout that is tested. */
final class Checkout {
  private Checkout() {}

  /** Its root folder. */
  static Path dir() {
    String root = System.getProperty("parley.root");
    if (root != null && Files.isDirectory(Path.of(root, "deploy/local"))) {
      return Path.of(root);
    }
    Path dir = Path.of("").toAbsolutePath();
    while (!Files.isDirectory(dir.resolve("deploy/local"))) {
      dir = dir.getParent();
    }
    return dir;
  }

  static String read(String file) {
    try {
      return Files.readString(dir().resolve(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
