package dev.parley.presence.edge;

import dev.parley.presence.Session;
import dev.parley.presence.copy.Snapshot;
import io.netty.channel.ChannelHandlerContext;
import io.quarkus.websockets.next.UserData;

/**
 * Who may open a socket, with what was found out for it.
 *
 * @param seat given back when the socket has ended, or never came to be
 * @param channel the connection below the socket, for writing shared frames and for back-pressure
 * @param cursor what the client resumes with, or null
 */
record Admitted(
    Session session,
    Station.Seat seat,
    Snapshot snapshot,
    String cursor,
    Shard shard,
    ChannelHandlerContext channel) {
  static final UserData.TypedKey<Admitted> KEY = new UserData.TypedKey<>("parley.admitted");
}
