package dev.parley.local.web;

import com.sun.net.httpserver.Headers;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A request, read to its end.
 *
 * @param query as it was sent, encoded; empty if there is none
 */
public record Request(String method, String path, String query, Headers headers, byte[] body) {
  public String text() {
    return new String(body, StandardCharsets.UTF_8);
  }

  /** Fields of the query. */
  public Map<String, List<String>> parameters() {
    return fields(query);
  }

  /** Fields of a form body. */
  public Map<String, List<String>> form() {
    return fields(text());
  }

  /** The first value of a query field, or null. */
  public String parameter(String name) {
    List<String> values = parameters().get(name);
    return values == null ? null : values.get(0);
  }

  private static Map<String, List<String>> fields(String encoded) {
    Map<String, List<String>> fields = new LinkedHashMap<>();
    for (String pair : encoded.split("&")) {
      if (!pair.isEmpty()) {
        int equals = pair.indexOf('=');
        String name = equals < 0 ? pair : pair.substring(0, equals);
        String value = equals < 0 ? "" : pair.substring(equals + 1);
        fields.computeIfAbsent(decoded(name), any -> new ArrayList<>()).add(decoded(value));
      }
    }
    return fields;
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }
}
