package dev.parley.message.preview;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.HexFormat;
import java.util.List;

/**
 * Which addresses belong to the public internet (IANA's registries of special-purpose addresses,
 * RFC 6890). Of IPv4 everything but what is listed here; of IPv6 only global unicast, without what
 * leads somewhere else by another way: 6to4, Teredo, translated and mapped IPv4.
 */
final class PublicAddresses {
  private static final List<Block> NOT_PUBLIC =
      List.of(
          Block.v4(0, 0, 0, 0, 8), // this network
          Block.v4(10, 0, 0, 0, 8), // private
          Block.v4(100, 64, 0, 0, 10), // carriers' NAT; some clouds' metadata
          Block.v4(127, 0, 0, 0, 8), // loopback
          Block.v4(168, 63, 129, 16, 32), // a cloud's metadata
          Block.v4(169, 254, 0, 0, 16), // link-local; most clouds' metadata
          Block.v4(172, 16, 0, 0, 12), // private
          Block.v4(192, 0, 0, 0, 24), // protocol assignments; a cloud's metadata
          Block.v4(192, 0, 2, 0, 24), // documentation
          Block.v4(192, 88, 99, 0, 24), // 6to4 relays
          Block.v4(192, 168, 0, 0, 16), // private
          Block.v4(198, 18, 0, 0, 15), // benchmarks
          Block.v4(198, 51, 100, 0, 24), // documentation
          Block.v4(203, 0, 113, 0, 24), // documentation
          Block.v4(224, 0, 0, 0, 3), // multicast, reserved, broadcast
          Block.v6("20010000", 23), // Teredo and other protocol assignments
          Block.v6("20010db8", 32), // documentation
          Block.v6("20020000", 16), // 6to4
          Block.v6("3fff0000", 20)); // documentation

  private static final Block GLOBAL_UNICAST = Block.v6("20000000", 3);

  private PublicAddresses() {}

  /** Whether the address is one of them. */
  static boolean contain(InetAddress address) {
    byte[] bytes = address.getAddress();
    boolean possible = address instanceof Inet4Address || GLOBAL_UNICAST.contains(bytes);
    return possible && NOT_PUBLIC.stream().noneMatch(block -> block.contains(bytes));
  }

  /** The addresses of a length of which so many bits are these. */
  private record Block(int length, byte[] start, int bits) {
    static Block v4(int a, int b, int c, int d, int bits) {
      return new Block(4, new byte[] {(byte) a, (byte) b, (byte) c, (byte) d}, bits);
    }

    static Block v6(String start, int bits) {
      return new Block(16, HexFormat.of().parseHex(start), bits);
    }

    boolean contains(byte[] address) {
      if (address.length != length) {
        return false;
      }
      for (int bit = 0; bit < bits; bit++) {
        int mask = 0x80 >> (bit & 7);
        if ((address[bit >> 3] & mask) != (start[bit >> 3] & mask)) {
          return false;
        }
      }
      return true;
    }
  }
}
