package dev.parley.local.origin;

import io.netty.channel.Channel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.unix.RawUnixChannelOption;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.ConnectionBase;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * What suits networks does not suit the loopback interface, whose packets are of 64 kB. BBR, which
 * some machines use for all connections, sends at most four packets at once for 200 ms of each ten
 * seconds; an answer of 300 kB then waited twice for an acknowledgement that its reader delays for
 * 40 ms (measured: one call in a hundred).
 */
final class Loopback {
  private static final int IPPROTO_TCP = 6;
  private static final int TCP_CONGESTION = 13;

  /** Every Linux has it, and lets everybody use it. */
  private static final byte[] RENO = "reno".getBytes(StandardCharsets.US_ASCII);

  private static final RawUnixChannelOption CONGESTION_CONTROL =
      new RawUnixChannelOption("TCP_CONGESTION", IPPROTO_TCP, TCP_CONGESTION, RENO.length);

  private Loopback() {}

  /** On Linux alone; elsewhere the connection stays as it is. */
  static void tune(HttpConnection connection) {
    if (Epoll.isAvailable()) {
      Channel channel = ((ConnectionBase) connection).channelHandlerContext().channel();
      channel.config().setOption(CONGESTION_CONTROL, ByteBuffer.wrap(RENO));
    }
  }
}
