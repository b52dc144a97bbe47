package dev.parley.message.preview;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GuardTest {
  private final Guard guard = new Guard(Optional.empty());

  @Test
  void onlyTheWebsPortsOfPublicAddressesAreConnectedTo() throws Exception {
    assertThat(guard.choose(at("1.1.1.1"), 443)).isEqualTo(new InetSocketAddress("1.1.1.1", 443));
    assertThat(guard.choose(at("1.1.1.1"), 80)).isEqualTo(new InetSocketAddress("1.1.1.1", 80));
    for (int port : new int[] {22, 25, 8080, 0}) {
      refused(guard, port, "1.1.1.1");
    }
    refused(guard, 80, "10.0.0.1");
    refused(guard, 80);
  }

  @Test
  void oneForbiddenAddressSpoilsAName() throws Exception {
    assertThat(guard.choose(at("1.1.1.1", "1.0.0.1"), 80).getAddress())
        .isEqualTo(InetAddress.getByName("1.1.1.1"));
    refused(guard, 80, "1.1.1.1", "127.0.0.1");
    refused(guard, 80, "::1", "1.1.1.1");
  }

  @Test
  void anExemptPlaceIsOnePortOfOneAddress() throws Exception {
    Guard wiki = new Guard(Optional.of(List.of("10.1.2.3:8443", "[fd00::1]:80")));
    assertThat(wiki.choose(at("10.1.2.3"), 8443).getPort()).isEqualTo(8443);
    assertThat(wiki.choose(at("fd00::1"), 80).getPort()).isEqualTo(80);
    refused(wiki, 80, "10.1.2.3");
    refused(wiki, 8443, "10.1.2.4");
    refused(wiki, 8443, "1.1.1.1");
    for (String wrong : List.of("wiki:80", "10.1.2.3", "10.1.2.3:x", ":80")) {
      assertThatThrownBy(() -> new Guard(Optional.of(List.of(wrong))))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  private static void refused(Guard guard, int port, String... addresses) throws Exception {
    List<InetAddress> found = at(addresses);
    assertThatThrownBy(() -> guard.choose(found, port)).isInstanceOf(Refused.class);
  }

  private static List<InetAddress> at(String... addresses) throws UnknownHostException {
    List<InetAddress> found = new ArrayList<>();
    for (String address : addresses) {
      found.add(InetAddress.getByName(address));
    }
    return found;
  }
}
