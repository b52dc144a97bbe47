package dev.parley.message.preview;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** Names to addresses. */
interface Resolver {
  /** All addresses of the name, the preferred one first. May block. */
  List<InetAddress> resolve(String host) throws UnknownHostException;
}
