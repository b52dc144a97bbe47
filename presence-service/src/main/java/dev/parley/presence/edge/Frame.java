package dev.parley.presence.edge;

import io.netty.buffer.ByteBuf;

/**
 * One frame's JSON, and for the length of a tick the same as a WebSocket text message, shared by
 * all sockets that get it alone. Belongs to one event loop.
 */
final class Frame {
  final byte[] json;

  /** Typing and presence: dropped first, never replayed. */
  final boolean ephemeral;

  /**
   * Header and payload, made by the {@link Encoder} on first use and released at the tick's end.
   */
  ByteBuf wire;

  Frame(byte[] json, boolean ephemeral) {
    this.json = json;
    this.ephemeral = ephemeral;
  }

  Frame(byte[] json) {
    this(json, false);
  }

  int size() {
    return json.length;
  }
}
