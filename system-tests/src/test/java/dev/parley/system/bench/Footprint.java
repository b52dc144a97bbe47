package dev.parley.system.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What a process and the kernel's side of its sockets take, in bytes.
 *
 * @param process proportional set size: shared pages counted once
 * @param buffers what TCP has in its queues on the whole machine, both ends of each connection
 * @param slab the kernel's own objects that cannot be reclaimed: sockets, files, of both ends
 */
record Footprint(long process, long buffers, long slab) {
  private static final long PAGE = 4096;

  static Footprint of(int pid) {
    return new Footprint(
        kilobytes("/proc/" + pid + "/smaps_rollup", "Pss:"),
        tcpPages() * PAGE,
        kilobytes("/proc/meminfo", "SUnreclaim:"));
  }

  /** Bytes for each of so many connections; of what both ends take, one end's half. */
  double each(Footprint before, int sockets) {
    double kernel = (buffers - before.buffers + slab - before.slab) / 2.0;
    return (process - before.process + kernel) / sockets;
  }

  private static long kilobytes(String file, String field) {
    return read(file)
            .lines()
            .filter(line -> line.startsWith(field))
            .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
            .sum()
        * 1024;
  }

  private static long tcpPages() {
    return read("/proc/net/sockstat")
        .lines()
        .filter(line -> line.startsWith("TCP:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll(".* mem ", "")))
        .sum();
  }

  private static String read(String file) {
    try {
      return Files.readString(Path.of(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
