package dev.parley.system.bench;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetSocket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Very many sockets of one node that cost the generator little: frames are cut by hand, pings
 * answered, the newest cursor kept. All on one event loop.
 */
final class Herd implements AutoCloseable {
  /** Takes a text message's bytes, on the event loop. */
  interface Receiver {
    void frame(int device, byte[] text, long at);
  }

  private static final String END = "\r\n\r\n";
  private static final String CURSOR = "\"cursor\":\"";
  private static final Buffer PONG =
      Buffer.buffer(new byte[] {(byte) 0x8a, (byte) 0x80, 0, 0, 0, 0});
  private static final int TEXT = 1;
  private static final int CLOSE = 8;
  private static final int PING = 9;

  private final Context loop;
  private final NetClient client;
  private final int port;
  private final Receiver receiver;
  private final List<Device> devices = new ArrayList<>();

  /**
   * @param receiveBuffer of each socket in bytes; small ones for peers that are to stop reading
   */
  Herd(Vertx vertx, Context loop, int port, int receiveBuffer, Receiver receiver) {
    this.loop = loop;
    this.port = port;
    this.receiver = receiver;
    NetClientOptions options = new NetClientOptions().setTcpNoDelay(true);
    if (receiveBuffer > 0) {
      options.setReceiveBufferSize(receiveBuffer);
    }
    this.client = vertx.createNetClient(options);
  }

  /** Opens one more, or the same again with its cursor; complete when the first frame is here. */
  CompletableFuture<Void> connect(int number, String ticket) {
    CompletableFuture<Void> hello = new CompletableFuture<>();
    loop.runOnContext(
        go -> {
          while (devices.size() <= number) {
            devices.add(new Device(devices.size()));
          }
          Device device = devices.get(number);
          client
              .connect(port, "localhost")
              .onFailure(hello::completeExceptionally)
              .onSuccess(socket -> device.opened(socket, ticket, hello));
        });
    return hello.orTimeout(60, TimeUnit.SECONDS);
  }

  /** Breaks them all, as a lost network does. */
  CompletableFuture<Void> cut() {
    CompletableFuture<Void> done = new CompletableFuture<>();
    loop.runOnContext(
        go -> {
          devices.forEach(device -> device.socket.close());
          done.complete(null);
        });
    return done;
  }

  /** They read no more. */
  void stopReading() {
    loop.runOnContext(go -> devices.forEach(device -> device.socket.pause()));
  }

  /** How many the server has closed. */
  int lost() {
    return (int) devices.stream().filter(device -> device.lost).count();
  }

  /** Whether every one of them was told that it goes on where it was. */
  boolean allResumed() {
    return devices.stream().allMatch(device -> device.resumed);
  }

  @Override
  public void close() {
    client.close().toCompletionStage().toCompletableFuture().join();
  }

  private final class Device {
    private final int number;
    private NetSocket socket;
    private Buffer rest;
    private CompletableFuture<Void> hello;
    private String cursor;
    private boolean upgraded;
    private volatile boolean resumed;
    private volatile boolean lost;

    Device(int number) {
      this.number = number;
    }

    private void opened(NetSocket opened, String ticket, CompletableFuture<Void> told) {
      socket = opened;
      rest = Buffer.buffer();
      upgraded = false;
      resumed = false;
      hello = told;
      opened.handler(bytes -> received(opened, bytes));
      opened.exceptionHandler(failure -> {});
      opened.write(
          "GET /v1/realtime?ticket="
              + ticket
              + (cursor == null ? "" : "&cursor=" + cursor)
              + " HTTP/1.1\r\nHost: localhost:"
              + port
              + "\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
              + "Sec-WebSocket-Protocol: parley.v1\r\n"
              + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="
              + END);
    }

    private void received(NetSocket from, Buffer bytes) {
      long at = System.nanoTime();
      Buffer all = rest.length() == 0 ? bytes : rest.appendBuffer(bytes);
      int next = upgraded ? 0 : head(all);
      while (next >= 0 && upgraded && all.length() - next >= 2) {
        int length = all.getByte(next + 1) & 0x7f;
        int begin = next + 2;
        if (length == 126 && all.length() - next >= 4) {
          length = all.getUnsignedShort(next + 2);
          begin = next + 4;
        } else if (length == 127 && all.length() - next >= 10) {
          length = (int) all.getLong(next + 2);
          begin = next + 10;
        } else if (length > 125) {
          break;
        }
        if (all.length() < begin + length) {
          break;
        }
        frame(from, all.getByte(next) & 0x0f, all.getBytes(begin, begin + length), at);
        next = begin + length;
      }
      rest = next <= 0 ? all.copy() : all.getBuffer(next, all.length());
    }

    /** Where the first frame begins, or 0 as long as the answer's head is not whole. */
    private int head(Buffer all) {
      String text = all.toString(StandardCharsets.ISO_8859_1);
      int end = text.indexOf(END);
      if (end < 0) {
        return 0;
      }
      if (!text.startsWith("HTTP/1.1 101")) {
        hello.completeExceptionally(new IllegalStateException(text.substring(0, 12)));
        return 0;
      }
      upgraded = true;
      return end + END.length();
    }

    private void frame(NetSocket from, int opcode, byte[] payload, long at) {
      switch (opcode) {
        case TEXT -> {
          remember(new String(payload, StandardCharsets.ISO_8859_1));
          receiver.frame(number, payload, at);
          hello.complete(null);
        }
        case PING -> from.write(PONG);
        case CLOSE -> lost = true;
        default -> {}
      }
    }

    private void remember(String text) {
      int at = text.lastIndexOf(CURSOR);
      if (at >= 0) {
        int begin = at + CURSOR.length();
        cursor = text.substring(begin, text.indexOf('"', begin));
      }
      resumed |= text.contains("\"resumed\":true");
    }
  }
}
