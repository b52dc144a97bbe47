package dev.parley.conversation.assign;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.chassis.problem.Problem;
import dev.parley.contracts.Ids;
import dev.parley.conversation.Conversation;
import dev.parley.conversation.People.Named;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Body of {@code PUT …/assignment}: what is absent stays, null takes away. */
final class Assignment {
  private static final int MOST_FOLLOWERS = 50;

  private final ObjectNode body;
  private final String assignee;
  private final List<String> followers;
  private final String contact;

  /**
   * Reads it.
   *
   * @throws Problem 400 naming the field
   */
  Assignment(ObjectNode body) {
    if (body == null) {
      throw Problem.noBody();
    }
    this.body = body;
    this.assignee = id("assigneeId");
    this.contact = id("contactId");
    this.followers = ids();
  }

  /** The users that it names, and where. */
  List<Named> users() {
    List<Named> named = new ArrayList<>();
    if (assignee != null) {
      named.add(new Named(assignee, "assigneeId"));
    }
    if (followers != null) {
      for (int i = 0; i < followers.size(); i++) {
        named.add(new Named(followers.get(i), "followers[" + i + "]"));
      }
    }
    return named;
  }

  boolean namesContact() {
    return body.has("contactId");
  }

  /** The contact that it is to be, or null for none. */
  String contact() {
    return contact;
  }

  /** The conversation as it is to be; the same if nothing is different. */
  Conversation applyTo(Conversation c, String contactOwner) {
    return c.assigned(
        body.has("assigneeId") ? assignee : c.assigneeId(),
        body.has("followers") ? nothingIfEmpty(followers) : c.followers(),
        namesContact() ? contact : c.contactId(),
        namesContact() ? contactOwner : c.contactOwnerId());
  }

  private static List<String> nothingIfEmpty(List<String> followers) {
    return followers == null || followers.isEmpty() ? null : followers;
  }

  private String id(String field) {
    JsonNode value = body.get(field);
    if (value == null || value.isNull()) {
      return null;
    }
    if (!value.isTextual() || !Ids.isCrmId(value.textValue())) {
      throw Problem.invalid(field, "is no id");
    }
    return value.textValue();
  }

  private List<String> ids() {
    JsonNode value = body.get("followers");
    if (value == null || value.isNull()) {
      return null;
    }
    if (!value.isArray() || value.size() > MOST_FOLLOWERS) {
      throw Problem.invalid("followers", "must be at most " + MOST_FOLLOWERS + " user ids");
    }
    Set<String> ids = new LinkedHashSet<>();
    for (JsonNode one : value) {
      if (!one.isTextual() || !Ids.isCrmId(one.textValue())) {
        throw Problem.invalid("followers[" + ids.size() + "]", "is no id");
      }
      ids.add(one.textValue());
    }
    return List.copyOf(ids);
  }
}
