package dev.parley.presence;

import io.restassured.RestAssured;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** A peer that does only what it is told to: it answers no ping and reads when asked. */
public final class RawSocket implements AutoCloseable {
  private final Socket socket = new Socket();
  private final DataInputStream in;

  /** Opens a socket with a ticket. */
  public RawSocket(String ticket) throws IOException {
    socket.setReceiveBufferSize(16 * 1024);
    socket.setSoTimeout(20_000);
    socket.connect(new InetSocketAddress("localhost", RestAssured.port));
    in = new DataInputStream(socket.getInputStream());
    String request =
        "GET /v1/realtime?ticket="
            + ticket
            + " HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
            + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
    socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      head.append((char) in.readUnsignedByte());
    }
    if (!head.toString().startsWith("HTTP/1.1 101")) {
      throw new IOException(head.substring(0, 12));
    }
  }

  /** The next frame: opcode and payload. */
  public Received read() throws IOException {
    int opcode = in.readUnsignedByte() & 0x0f;
    long length = in.readUnsignedByte();
    if (length == 126) {
      length = in.readUnsignedShort();
    } else if (length == 127) {
      length = in.readLong();
    }
    return new Received(opcode, in.readNBytes((int) length));
  }

  /** Reads on until the server closes; the code that it gives. */
  public int readToClose() throws IOException {
    while (true) {
      Received frame = read();
      if (frame.opcode == 8) {
        return ByteBuffer.wrap(frame.payload).getShort();
      }
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  /** A frame as it came. */
  public record Received(int opcode, byte[] payload) {
    public boolean isPing() {
      return opcode == 9;
    }
  }
}
