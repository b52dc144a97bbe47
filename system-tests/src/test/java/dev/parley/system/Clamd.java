package dev.parley.system;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * A ClamAV daemon, as far as it is asked ({@code INSTREAM}): whatever has {@link #INFECTED} in it
 * is infected. It ends with this JVM.
 */
final class Clamd {
  static final String INFECTED = "EICAR-TEST";

  private final ServerSocket server;

  private Clamd(ServerSocket server) {
    this.server = server;
  }

  static Clamd started() {
    try {
      Clamd clamd = new Clamd(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
      Thread thread = new Thread(clamd::serve, "clamd");
      thread.setDaemon(true);
      thread.start();
      return clamd;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** {@code host:port}. */
  String address() {
    return "127.0.0.1:" + server.getLocalPort();
  }

  /** One after the other: files are small. */
  private void serve() {
    while (!server.isClosed()) {
      try (Socket socket = server.accept()) {
        socket.setSoTimeout(5_000);
        answer(socket);
      } catch (IOException e) {
        // who asked has gone, and asks again
      }
    }
  }

  private static void answer(Socket socket) throws IOException {
    DataInputStream in = new DataInputStream(socket.getInputStream());
    StringBuilder file = new StringBuilder();
    for (int b = in.read(); b > 0; b = in.read()) {
      // the command
    }
    for (int length = in.readInt(); length > 0; length = in.readInt()) {
      file.append(new String(in.readNBytes(length), StandardCharsets.ISO_8859_1));
    }
    String verdict = file.indexOf(INFECTED) < 0 ? "stream: OK\0" : "stream: Test FOUND\0";
    socket.getOutputStream().write(verdict.getBytes(StandardCharsets.US_ASCII));
    socket.getOutputStream().flush();
  }
}
