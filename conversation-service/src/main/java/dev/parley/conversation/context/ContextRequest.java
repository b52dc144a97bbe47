package dev.parley.conversation.context;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.chassis.problem.Blank;
import dev.parley.chassis.problem.Problem;
import dev.parley.contracts.Json;
import jakarta.validation.constraints.Size;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * Body of {@code PUT …/{id}/context}: all of it; what is absent is taken away.
 *
 * @param links each an address, or {@code {url, title?}}
 */
@Schema(
    example =
        """
        {"topic": "Price", "note": "Not below 120k", \
        "links": ["https://docs.example/offer", \
        {"url": "mailto:legal@acme.example", "title": "Legal"}]}""")
public record ContextRequest(
    @Size(max = 500, message = "is longer than 500 characters") String topic,
    @Size(max = 20_000, message = "is longer than 20000 characters") String note,
    @Size(max = 50, message = "must be at most 50") List<JsonNode> links) {
  private static final int LONGEST_URL = 2_000;
  private static final int LONGEST_TITLE = 200;
  private static final Pattern URL =
      Pattern.compile("(?:https?://[^\\s\\p{Cntrl}/?#]+|mailto:|tel:)[^\\s\\p{Cntrl}]*");

  /** What was written, tidied: blank is absent. */
  Written written() {
    return new Written(text(topic), text(note), tidyLinks());
  }

  /** Topic, note and links. */
  record Written(String topic, String note, List<JsonNode> links) {
    /** Without what was written: fit for logs. */
    @Override
    public String toString() {
      return "Written[]";
    }
  }

  private static String text(String text) {
    return Blank.is(text) ? null : text.strip();
  }

  private List<JsonNode> tidyLinks() {
    List<JsonNode> tidy = new ArrayList<>();
    for (JsonNode link : links == null ? List.<JsonNode>of() : links) {
      tidy.add(link(link, "links[" + tidy.size() + "]"));
    }
    return tidy;
  }

  private static JsonNode link(JsonNode link, String at) {
    if (link != null && link.isTextual()) {
      return Json.mapper().getNodeFactory().textNode(url(link, at));
    }
    if (!(link instanceof ObjectNode given)) {
      throw Problem.invalid(at, "must be an address, or {url, title}");
    }
    ObjectNode tidy = Json.mapper().createObjectNode();
    tidy.put("url", url(given.get("url"), at + ".url"));
    JsonNode title = given.get("title");
    if (title != null && !title.isNull()) {
      if (!title.isTextual() || title.textValue().length() > LONGEST_TITLE) {
        throw Problem.invalid(at + ".title", "must be text of at most 200 characters");
      }
      tidy.put("title", title.textValue().strip());
    }
    return tidy;
  }

  /** Only what a browser opens without running anything (product.md §4). */
  private static String url(JsonNode node, String at) {
    String url = node == null || !node.isTextual() ? "" : node.textValue().strip();
    int colon = url.indexOf(':');
    if (colon > 0) {
      url = url.substring(0, colon).toLowerCase(Locale.ROOT) + url.substring(colon);
    }
    if (url.length() > LONGEST_URL || !URL.matcher(url).matches() || url.endsWith(":")) {
      throw Problem.invalid(at, "must be an address of http, https, mailto or tel");
    }
    return url;
  }

  /** Without what was written: fit for logs. */
  @Override
  public String toString() {
    return "ContextRequest[]";
  }
}
