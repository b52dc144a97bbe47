package dev.parley.system;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** The local mail server. */
record Mailbox(String url) {
  /** What came for that address. */
  List<JsonNode> of(String address) {
    List<JsonNode> items = new ArrayList<>();
    Rest.call("GET", url + "?to=" + Rest.encoded(address), null, null)
        .is(200)
        .json()
        .path("items")
        .forEach(items::add);
    return items;
  }
}
