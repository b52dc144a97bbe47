package dev.parley.local.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;

/**
 * PostgreSQL and Elasticsearch refuse to run as root. Where we are root they run as {@code nobody}
 * by {@code setpriv}, with their data owned by that user. They keep the one capability {@code
 * dac_override}, because the checkout may lie below a folder that only root may enter (such as
 * {@code /root}). Where we are not root everything runs as we are.
 */
public final class Unprivileged {
  private static final int NOBODY = 65534;
  private static final boolean ROOT = userId() == 0;
  private static final List<String> PLAIN =
      List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups");
  private static final List<String> ENTERING =
      List.of(
          "--inh-caps=+dac_override",
          "--ambient-caps=+dac_override",
          // else access(2), which Java asks before it opens a file, forgets the capability
          "--securebits=+no_setuid_fixup");

  private Unprivileged() {}

  /** The same command, run as nobody if we are root. */
  static List<String> command(List<String> words) {
    if (!ROOT) {
      return words;
    }
    List<String> all = new ArrayList<>(PLAIN);
    if (Holder.CAPABLE) {
      all.addAll(ENTERING);
    }
    all.addAll(words);
    return all;
  }

  /** Runs a short command to its end. */
  public static int run(List<String> words, Path log) throws IOException, InterruptedException {
    return new ProcessBuilder(command(words))
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
        .start()
        .waitFor();
  }

  /** Gives a folder and all that it holds to the user that such processes run as. */
  public static void own(Path folder) throws IOException {
    if (!ROOT || !Files.exists(folder)) {
      return;
    }
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes attributes)
              throws IOException {
            return give(dir);
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            return give(file);
          }
        });
  }

  private static FileVisitResult give(Path path) throws IOException {
    if (((Integer) Files.getAttribute(path, "unix:uid")) != NOBODY) {
      Files.setAttribute(path, "unix:uid", NOBODY);
      Files.setAttribute(path, "unix:gid", NOBODY);
    }
    return FileVisitResult.CONTINUE;
  }

  private static int userId() {
    try {
      Path own = Files.createTempFile("parley", "uid");
      try {
        return (Integer) Files.getAttribute(own, "unix:uid");
      } finally {
        Files.delete(own);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Tried once: a container may have dropped the capability. */
  private static final class Holder {
    static final boolean CAPABLE = tried();

    private static boolean tried() {
      List<String> probe = new ArrayList<>(PLAIN);
      probe.addAll(ENTERING);
      probe.add("true");
      try {
        return new ProcessBuilder(probe)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor()
            == 0;
      } catch (IOException e) {
        return false;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
    }
  }
}
