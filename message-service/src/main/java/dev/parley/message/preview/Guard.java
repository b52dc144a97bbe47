package dev.parley.message.preview;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where we connect to: ports 80 and 443 of public addresses. What counts is the address alone,
 * whatever name it has; one forbidden address among a name's spoils them all.
 */
final class Guard {
  private final List<InetSocketAddress> exempt;

  /** With places that are allowed all the same, as {@code address:port}. */
  Guard(Optional<List<String>> exempt) {
    List<InetSocketAddress> places = new ArrayList<>();
    exempt.ifPresent(all -> all.forEach(place -> places.add(parse(place))));
    this.exempt = List.copyOf(places);
  }

  /**
   * The one of a name's addresses to connect to.
   *
   * @throws Refused when that is none
   */
  InetSocketAddress choose(List<InetAddress> addresses, int port) {
    if (addresses.isEmpty() || !addresses.stream().allMatch(one -> allows(one, port))) {
      throw new Refused("not public");
    }
    return new InetSocketAddress(addresses.get(0), port);
  }

  private boolean allows(InetAddress address, int port) {
    return (port == 80 || port == 443) && PublicAddresses.contain(address)
        || exempt.contains(new InetSocketAddress(address, port));
  }

  private static InetSocketAddress parse(String place) {
    int colon = place.lastIndexOf(':');
    String address = colon < 0 ? "" : place.substring(0, colon);
    if (!address.matches("[0-9.]+|\\[[0-9A-Fa-f:.]+]")) {
      throw new IllegalArgumentException("no address:port: " + place);
    }
    try {
      return new InetSocketAddress(
          InetAddress.getByName(address), Integer.parseInt(place.substring(colon + 1)));
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException("no address:port: " + place, e);
    }
  }
}
