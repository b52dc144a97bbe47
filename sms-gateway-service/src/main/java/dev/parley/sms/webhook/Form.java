package dev.parley.sms.webhook;

import dev.parley.chassis.problem.Problem;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * A form as a carrier posts it: every field, decoded, none twice. A second field of the same name
 * would be read by one party and verified by another, so it is refused.
 */
record Form(Map<String, String> fields) {
  /**
   * Reads a form.
   *
   * @throws Problem 400 when the bytes are none
   */
  static Form of(byte[] body) {
    Map<String, String> fields = new TreeMap<>();
    for (String pair : new String(body, StandardCharsets.UTF_8).split("&")) {
      if (pair.isEmpty()) {
        continue;
      }
      int equals = pair.indexOf('=');
      String name = decoded(equals < 0 ? pair : pair.substring(0, equals));
      String value = equals < 0 ? "" : decoded(pair.substring(equals + 1));
      if (fields.put(name, value) != null) {
        throw Problem.unreadable("The form has a field twice.");
      }
    }
    if (fields.isEmpty()) {
      throw Problem.unreadable("The body is not a form.");
    }
    return new Form(Collections.unmodifiableMap(fields));
  }

  /** The field, without NUL characters, which the database cannot keep; empty when absent. */
  String text(String name) {
    return fields.getOrDefault(name, "").replace("\0", "");
  }

  /**
   * The field.
   *
   * @throws Problem 400 when it is absent or empty
   */
  String require(String name) {
    String text = text(name);
    if (text.isBlank()) {
      throw Problem.invalid(name, "is missing");
    }
    return text;
  }

  /** Without the fields: fit for logs. */
  @Override
  public String toString() {
    return "Form[" + fields.size() + " fields]";
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw Problem.unreadable("The body is not a form.");
    }
  }
}
