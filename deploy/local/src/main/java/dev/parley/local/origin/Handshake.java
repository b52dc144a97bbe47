package dev.parley.local.origin;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.NetSocket;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Asks a service to upgrade, on a connection of its own, and reads its answer. After an accepted
 * upgrade what the service sends is collected in {@link Answer#rest}, until the tunnel is joined.
 */
final class Handshake implements Handler<Buffer> {
  private static final int END_OF_HEAD = 4; // CR LF CR LF
  private static final int LONGEST = 256 * 1024;

  private final NetSocket service;
  private final Promise<Answer> answered = Promise.promise();
  private final Buffer received = Buffer.buffer();
  private int searched;

  /**
   * @param rest the body of a refusal, or all that came since the upgrade, still growing
   */
  record Answer(NetSocket service, int status, MultiMap headers, Buffer rest) {}

  private Handshake(NetSocket service) {
    this.service = service;
  }

  /** Fails if the service hangs up or does not speak HTTP. */
  static Future<Answer> ask(HttpServerRequest request, NetSocket service) {
    Handshake handshake = new Handshake(service);
    service.handler(handshake);
    service.closeHandler(closed -> handshake.answered.tryFail("hung up"));
    service.write(head(request));
    return handshake.answered.future();
  }

  private static Buffer head(HttpServerRequest request) {
    MultiMap headers = MultiMap.caseInsensitiveMultiMap();
    Headers.copy(request.headers(), headers);
    Headers.forwarded(request, headers);
    headers.set("Connection", "Upgrade").set("Upgrade", "websocket");
    StringBuilder head = new StringBuilder();
    head.append(request.method()).append(' ').append(request.uri()).append(" HTTP/1.1\r\n");
    for (Map.Entry<String, String> header : headers) {
      head.append(header.getKey()).append(": ").append(header.getValue()).append("\r\n");
    }
    return Buffer.buffer(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
  }

  @Override
  public void handle(Buffer bytes) {
    received.appendBuffer(bytes);
    int end = endOfHead();
    if (end < 0) {
      if (received.length() > LONGEST) {
        fail("no end of the answer's head");
      }
      return;
    }
    try {
      complete(end);
    } catch (RuntimeException e) {
      fail("not an HTTP answer");
    }
  }

  private void complete(int end) {
    String[] lines = received.getString(0, end, StandardCharsets.ISO_8859_1.name()).split("\r\n");
    int status = Integer.parseInt(lines[0].split(" ")[1]);
    MultiMap headers = MultiMap.caseInsensitiveMultiMap();
    for (int i = 1; i < lines.length; i++) {
      int colon = lines[i].indexOf(':');
      headers.add(lines[i].substring(0, colon), lines[i].substring(colon + 1).strip());
    }
    Buffer rest = received.slice(end + END_OF_HEAD, received.length());
    if (status == 101) {
      // The first frames may come before the device is there to take them.
      Buffer early = Buffer.buffer().appendBuffer(rest);
      service.handler(early::appendBuffer);
      answered.tryComplete(new Answer(service, status, headers, early));
    } else if (rest.length() >= length(headers)) {
      answered.tryComplete(new Answer(service, status, headers, rest));
      service.close();
    }
  }

  private static int length(MultiMap headers) {
    String length = headers.get("Content-Length");
    return length == null ? 0 : Integer.parseInt(length);
  }

  private int endOfHead() {
    for (int i = Math.max(0, searched - END_OF_HEAD); i + END_OF_HEAD <= received.length(); i++) {
      if (received.getByte(i) == '\r'
          && received.getByte(i + 1) == '\n'
          && received.getByte(i + 2) == '\r'
          && received.getByte(i + 3) == '\n') {
        return i;
      }
    }
    searched = received.length();
    return -1;
  }

  private void fail(String reason) {
    answered.tryFail(reason);
    service.close();
  }
}
