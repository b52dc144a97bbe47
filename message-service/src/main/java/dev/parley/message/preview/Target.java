package dev.parley.message.preview;

import java.net.IDN;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A page's address, taken apart; only of the web, and never with a name and password. */
record Target(URI uri, boolean secure, String host, int port) {
  /**
   * Reads a link.
   *
   * @throws Refused for what is none of the web
   */
  static Target of(String link) {
    try {
      return of(new URI(link));
    } catch (URISyntaxException e) {
      throw new Refused("no address");
    }
  }

  /**
   * Where this one redirects to.
   *
   * @throws Refused for what is none of the web, or would be read on the way
   */
  Target redirected(String location) {
    Target next;
    try {
      next = of(uri.resolve(new URI(location)));
    } catch (URISyntaxException e) {
      throw new Refused("no address");
    }
    if (secure && !next.secure) {
      throw new Refused("redirected to plain http");
    }
    return next;
  }

  /** What is asked for there. */
  String pathAndQuery() {
    String path = uri.getRawPath();
    String query = uri.getRawQuery();
    return (path == null || path.isEmpty() ? "/" : path) + (query == null ? "" : "?" + query);
  }

  private static Target of(URI written) throws URISyntaxException {
    URI uri = new URI(inAscii(written).toASCIIString());
    boolean secure = "https".equalsIgnoreCase(uri.getScheme());
    if (!secure && !"http".equalsIgnoreCase(uri.getScheme())
        || uri.getHost() == null
        || uri.getRawUserInfo() != null) {
      throw new Refused("no address of the web");
    }
    int port = uri.getPort() < 0 ? secure ? 443 : 80 : uri.getPort();
    return new Target(uri, secure, bare(uri.getHost()), port);
  }

  /** Names of other alphabets as the DNS has them. */
  private static URI inAscii(URI uri) throws URISyntaxException {
    String authority = uri.getRawAuthority();
    if (uri.getHost() != null || authority == null) {
      return uri;
    }
    try {
      String ascii = IDN.toASCII(authority);
      return new URI(
          uri.toString().replaceFirst(Pattern.quote(authority), Matcher.quoteReplacement(ascii)));
    } catch (IllegalArgumentException e) {
      throw new Refused("no address of the web");
    }
  }

  private static String bare(String host) {
    return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
  }

  /** Without the address: fit for logs. */
  @Override
  public String toString() {
    return "Target";
  }
}
