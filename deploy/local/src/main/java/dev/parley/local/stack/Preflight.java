package dev.parley.local.stack;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * What must hold before anything is started or built: said in one line, before the first byte is
 * downloaded. It needs nothing but the JDK, so that {@code java Preflight.java} works in a fresh
 * clone.
 */
final class Preflight {
  private static final long MEGABYTE = 1024 * 1024;
  private static final long MEMORY = 4500;
  private static final long DISK_TO_RUN = 1500;
  private static final long DISK_TO_BUILD = 4000;
  private static final int JDK = 17;

  /** Of one node each; more nodes need more, which {@link Up} checks. */
  static final List<Integer> PORTS =
      List.of(
          8080, 15433, 19092, 19093, 19200, 19300, 18080, 19000, 12525, 18025, 18090, 8101, 8102,
          8103, 8104, 8105, 8106, 9101, 9102, 9103, 9104, 9105, 9106);

  private Preflight() {}

  /** {@code Preflight FOLDER…}: before a build that writes to these folders. */
  public static void main(String[] folders) {
    String trouble = trouble(Stream.of(folders).map(Path::of).toList(), DISK_TO_BUILD, PORTS);
    if (trouble != null) {
      System.err.println(trouble);
      System.exit(1);
    }
  }

  /** Why the stack cannot run, or null. */
  static String trouble(Path folder, Collection<Integer> ports) {
    return trouble(List.of(folder), DISK_TO_RUN, ports);
  }

  /**
   * Why it cannot be done, or null.
   *
   * @param diskWanted megabytes that each folder must have free
   */
  static String trouble(List<Path> folders, long diskWanted, Collection<Integer> ports) {
    int version = Runtime.version().feature();
    if (version < JDK) {
      return "Parley needs JDK " + JDK + " or newer, this is " + version + ".";
    }
    for (int port : ports) {
      if (!isFree(port)) {
        return "Port "
            + port
            + " is in use by another program; free it (is another stack running?) and try again.";
      }
    }
    long memory = availableMegabytes();
    if (memory < MEMORY) {
      return "Too little memory: " + memory + " MB available, " + MEMORY + " MB needed.";
    }
    return folders.stream()
        .map(folder -> trouble(folder, diskWanted))
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(null);
  }

  private static String trouble(Path folder, long diskWanted) {
    try {
      long disk = Files.getFileStore(folder).getUsableSpace() / MEGABYTE;
      if (disk < diskWanted) {
        return "Too little disk below "
            + folder
            + ": "
            + disk
            + " MB free, "
            + diskWanted
            + " MB needed.";
      }
    } catch (IOException e) {
      return "Cannot read the free disk space of " + folder + ".";
    }
    return Files.isWritable(folder) ? null : "Cannot write to " + folder + ".";
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** What the kernel would give without swapping, but no more than this container may use. */
  private static long availableMegabytes() {
    OperatingSystemMXBean system =
        (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    long limit = system.getTotalMemorySize() / MEGABYTE;
    try {
      for (String line : Files.readAllLines(Path.of("/proc/meminfo"))) {
        if (line.startsWith("MemAvailable:")) {
          return Math.min(limit, Long.parseLong(line.replaceAll("\\D", "")) / 1024);
        }
      }
    } catch (IOException e) {
      // Not Linux: what is installed has to do.
    }
    return limit;
  }
}
