package dev.parley.local.process;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Work that only one process at a time may do. */
public final class Exclusive {
  private Exclusive() {}

  /** Work that may fail on disk. */
  public interface Work<T> {
    T run() throws IOException;
  }

  /** Waits for the lock on a file, works, lets go. */
  public static <T> T run(Path file, Work<T> work) throws IOException {
    Files.createDirectories(file.getParent());
    try (FileChannel channel =
            FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = channel.lock()) {
      assert lock.isValid();
      return work.run();
    }
  }
}
