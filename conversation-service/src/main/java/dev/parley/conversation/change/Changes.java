package dev.parley.conversation.change;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.chassis.problem.Blank;
import dev.parley.chassis.problem.Code;
import dev.parley.chassis.problem.OneLine;
import dev.parley.chassis.problem.Problem;
import dev.parley.contracts.Ids;
import dev.parley.contracts.event.ConversationType;
import dev.parley.contracts.event.Posting;
import dev.parley.contracts.event.RecordRef;
import dev.parley.conversation.ChannelName;
import dev.parley.conversation.Conversation;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Body of {@code PATCH /v1/conversations/{id}}: a merge patch (RFC 7396), so that null takes a
 * field away and an absent one leaves it.
 */
final class Changes {
  private static final Map<String, Set<ConversationType>> WITHOUT =
      Map.of(
          "name",
          EnumSet.of(
              ConversationType.DIRECT,
              ConversationType.SUBJECT,
              ConversationType.INTERNAL_CHAT,
              ConversationType.CLIENT,
              ConversationType.SMS),
          "subject",
          EnumSet.complementOf(
              EnumSet.of(ConversationType.SUBJECT, ConversationType.INTERNAL_CHAT)),
          "description",
          EnumSet.of(ConversationType.DIRECT),
          "posting",
          EnumSet.complementOf(EnumSet.of(ConversationType.CHANNEL)));

  private static final Set<ConversationType> NAMED =
      EnumSet.of(ConversationType.GROUP, ConversationType.CHANNEL);

  private final ObjectNode body;

  Changes(ObjectNode body) {
    if (body == null) {
      throw Problem.noBody();
    }
    this.body = body;
  }

  /** Whether it changes how the conversation works, not only what it is called. */
  boolean settings() {
    return body.has("posting");
  }

  /** The records to be attached instead; empty when these stay as they are. */
  List<RecordRef> newRefs() {
    return body.has("recordRefs") ? refs() : List.of();
  }

  /**
   * The conversation as it is to be.
   *
   * @throws Problem 400 naming the field that is wrong, 422 naming one that the type has not
   */
  Conversation applyTo(Conversation c) {
    WITHOUT.forEach(
        (field, types) -> {
          if (body.has(field) && types.contains(c.type())) {
            throw Problem.at(Code.NOT_APPLICABLE, field, "is not for this type of conversation");
          }
        });
    String name = text("name", c.name(), 200);
    String subject = text("subject", c.subject(), 500);
    OneLine.check("name", name);
    OneLine.check("subject", subject);
    if (name == null && NAMED.contains(c.type())) {
      throw Problem.invalid("name", "is required");
    }
    if (subject == null && c.type() == ConversationType.SUBJECT) {
      throw Problem.invalid("subject", "is required");
    }
    if (c.type() == ConversationType.CHANNEL) {
      ChannelName.require(name);
    }
    return c.described(
        name,
        subject,
        text("description", c.description(), 5000),
        posting(c.posting()),
        body.has("recordRefs") ? refs() : c.recordRefs());
  }

  private String text(String field, String now, int most) {
    JsonNode value = body.get(field);
    if (value == null) {
      return now;
    }
    if (value.isNull()) {
      return null;
    }
    if (!value.isTextual()) {
      throw Problem.invalid(field, "must be text");
    }
    String text = value.textValue().strip();
    if (text.length() > most) {
      throw Problem.invalid(field, "is longer than " + most + " characters");
    }
    return Blank.is(text) ? null : text;
  }

  private Posting posting(Posting now) {
    JsonNode value = body.get("posting");
    if (value == null) {
      return now;
    }
    for (Posting posting : Posting.values()) {
      if (value.isTextual() && posting.wire().equals(value.textValue())) {
        return posting;
      }
    }
    throw Problem.invalid("posting", "must be all or admins");
  }

  private List<RecordRef> refs() {
    JsonNode value = body.get("recordRefs");
    if (value.isNull()) {
      return List.of();
    }
    if (!value.isArray() || value.size() > 50) {
      throw Problem.invalid("recordRefs", "must be at most 50 of {type, id}");
    }
    List<RecordRef> refs = new ArrayList<>();
    for (JsonNode one : value) {
      String type = one.path("type").textValue();
      String id = one.path("id").textValue();
      if (type == null || type.isBlank() || !Ids.isCrmId(id)) {
        throw Problem.invalid("recordRefs[" + refs.size() + "]", "must have a type and an id");
      }
      refs.add(new RecordRef(type, id));
    }
    return refs;
  }
}
