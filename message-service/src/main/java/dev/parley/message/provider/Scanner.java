package dev.parley.message.provider;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Asks a ClamAV daemon by its INSTREAM command: chunks, each behind its length in four bytes, ended
 * by an empty one; it answers {@code stream: OK} or {@code stream: <name> FOUND}.
 */
@ApplicationScoped
public class Scanner {
  private static final int CHUNK = 64 * 1024;
  private static final int CONNECT_MS = 2_000;

  private final ScannerConfig config;

  Scanner(ScannerConfig config) {
    this.config = config;
  }

  /** Whether there is one. */
  public boolean isConfigured() {
    return config.address().isPresent();
  }

  /**
   * The name of what was found; empty for a clean file. Blocks.
   *
   * @throws TooLargeToScan when the daemon takes no file of that size, now or later
   * @throws IOException when it could not be scanned: the file is then neither clean nor infected
   */
  public Optional<String> scan(InputStream file) throws IOException {
    String address = config.address().orElseThrow();
    return scan(address, (int) config.timeout().toMillis(), file);
  }

  static Optional<String> scan(String address, int timeoutMs, InputStream file) throws IOException {
    int colon = address.lastIndexOf(':');
    try (Socket socket = new Socket()) {
      socket.connect(
          new InetSocketAddress(
              address.substring(0, colon), Integer.parseInt(address.substring(colon + 1))),
          CONNECT_MS);
      socket.setSoTimeout(timeoutMs);
      // The timeout of a socket is one of each read, and of no write.
      CompletableFuture.delayedExecutor(timeoutMs, TimeUnit.MILLISECONDS)
          .execute(() -> close(socket));
      DataOutputStream out = new DataOutputStream(socket.getOutputStream());
      out.write("zINSTREAM\0".getBytes(StandardCharsets.US_ASCII));
      byte[] chunk = new byte[CHUNK];
      try {
        for (int read = file.readNBytes(chunk, 0, CHUNK);
            read > 0;
            read = file.readNBytes(chunk, 0, CHUNK)) {
          out.writeInt(read);
          out.write(chunk, 0, read);
        }
        out.writeInt(0);
        out.flush();
      } catch (SocketException ended) {
        // It says why before it hangs up, and takes no more from then on.
        return verdict(socket.getInputStream());
      }
      return verdict(socket.getInputStream());
    }
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // It is closed all the same.
    }
  }

  /** The daemon's {@code StreamMaxLength} is below the size of the file. */
  public static final class TooLargeToScan extends IOException {
    private static final long serialVersionUID = 1L;
  }

  private static Optional<String> verdict(InputStream in) throws IOException {
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    for (int b = in.read(); b > 0 && answer.size() < 1024; b = in.read()) {
      answer.write(b);
    }
    String line = answer.toString(StandardCharsets.UTF_8).strip();
    if (line.equals("stream: OK")) {
      return Optional.empty();
    }
    if (line.startsWith("stream: ") && line.endsWith(" FOUND")) {
      return Optional.of(line.substring("stream: ".length(), line.length() - " FOUND".length()));
    }
    if (line.equals("INSTREAM size limit exceeded. ERROR")) {
      throw new TooLargeToScan();
    }
    throw new IOException("the scanner answered neither OK nor FOUND");
  }
}
