package dev.parley.message;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A daemon that speaks ClamAV's INSTREAM and finds one word. */
public final class FakeClamd implements AutoCloseable {
  public static final String VIRUS = "EVIL-BYTES";

  private final ServerSocket server;
  private volatile int lastSize;
  private volatile String answer;

  public FakeClamd() throws IOException {
    server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    Thread thread = new Thread(this::serve, "clamd");
    thread.setDaemon(true);
    thread.start();
  }

  public String address() {
    return server.getInetAddress().getHostAddress() + ":" + server.getLocalPort();
  }

  /** How many bytes it was given last. */
  public int lastSize() {
    return lastSize;
  }

  /** Answers so from now on. */
  public void answer(String line) {
    answer = line;
  }

  private void serve() {
    while (!server.isClosed()) {
      try (Socket socket = server.accept()) {
        DataInputStream in = new DataInputStream(socket.getInputStream());
        byte[] command = in.readNBytes(10);
        if (!new String(command, StandardCharsets.US_ASCII).equals("zINSTREAM\0")) {
          continue;
        }
        StringBuilder all = new StringBuilder();
        for (int length = in.readInt(); length > 0; length = in.readInt()) {
          all.append(new String(in.readNBytes(length), StandardCharsets.ISO_8859_1));
        }
        lastSize = all.length();
        String verdict = all.indexOf(VIRUS) >= 0 ? "stream: Test-Virus FOUND" : "stream: OK";
        String said = answer == null ? verdict : answer;
        socket.getOutputStream().write((said + "\0").getBytes(StandardCharsets.US_ASCII));
      } catch (IOException e) {
        // The next one.
      }
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
