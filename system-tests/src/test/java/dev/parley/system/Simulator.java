package dev.parley.system;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The carrier, and the people outside who text through it. */
record Simulator(String url) {
  /** Somebody texts us; the answer is that of our webhook. */
  Answer text(String from, String to, String body) {
    return text(null, from, to, body);
  }

  /** The same, with the carrier's id of the text: told again it is the same text. */
  Answer text(String sid, String from, String to, String body) {
    Map<String, String> text = new LinkedHashMap<>();
    text.put("from", from);
    text.put("to", to);
    text.put("body", body);
    if (sid != null) {
      text.put("sid", sid);
    }
    return Rest.call("POST", url + "/simulator/inbound", null, text);
  }

  /** What was sent to that number, oldest first. */
  List<JsonNode> outbox(String to) {
    List<JsonNode> items = new ArrayList<>();
    Rest.call("GET", url + "/simulator/outbox?to=" + Rest.encoded(to), null, null)
        .is(200)
        .json()
        .path("items")
        .forEach(items::add);
    return items;
  }
}
