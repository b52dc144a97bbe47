package dev.parley.message.send.broadcast;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a mass message says differently to each recipient: {@code {{customer.name}}}, {@code
 * {{customer.firstName}}}, {@code {{company.name}}}, {@code {{agent.name}}}, {@code
 * {{agent.firstName}}}. Who has no company gets nothing in its place; anything else in braces is
 * sent as written. What is filled in is not looked at again.
 */
final class Variables {
  private static final Pattern NAMED =
      Pattern.compile("\\{\\{\\s*([a-z]+\\.(?:name|firstName))\\s*}}");

  private Variables() {}

  static String fill(String body, String customer, String company, String agent) {
    if (!body.contains("{{")) {
      return body;
    }
    Map<String, String> values =
        Map.of(
            "customer.name", named(customer),
            "customer.firstName", first(customer),
            "company.name", named(company),
            "agent.name", named(agent),
            "agent.firstName", first(agent));
    return NAMED
        .matcher(body)
        .replaceAll(
            found -> Matcher.quoteReplacement(values.getOrDefault(found.group(1), found.group())));
  }

  private static String named(String name) {
    return name == null ? "" : name.strip();
  }

  private static String first(String name) {
    String whole = named(name);
    int end = whole.indexOf(' ');
    return end < 0 ? whole : whole.substring(0, end);
  }
}
