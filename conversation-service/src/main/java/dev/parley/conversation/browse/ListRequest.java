package dev.parley.conversation.browse;

import dev.parley.chassis.problem.Problem;
import dev.parley.contracts.Ids;
import dev.parley.contracts.event.ConversationType;
import dev.parley.conversation.Listing.Filter;
import dev.parley.conversation.Listing.Wanted;
import dev.parley.conversation.copy.Words;
import jakarta.ws.rs.QueryParam;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;

/** Query of {@code GET /v1/conversations}. */
public class ListRequest {
  private static final int LONGEST = 200;

  @Parameter(
      description = "`unread` as `unread.updated` told last; `/v1/unread` is the authority",
      example = "starred",
      schema =
          @Schema(
              type = SchemaType.STRING,
              enumeration = {
                "participating",
                "created",
                "closed",
                "starred",
                "archived",
                "hidden",
                "unread"
              }))
  @QueryParam("filter")
  String filter;

  @Parameter(example = "group")
  @QueryParam("type")
  String type;

  @Parameter(
      description =
          "in name, subject or last message, or the beginning of a participant's name or of a word"
              + " of it; without regard to case and accents",
      example = "jose")
  @QueryParam("q")
  String q;

  @Parameter(description = "a type of record attached", example = "deal")
  @QueryParam("recordType")
  String recordType;

  @Parameter(description = "with `recordType`", example = "d1")
  @QueryParam("recordId")
  String recordId;

  @Parameter(description = "a client who takes part", example = "c1")
  @QueryParam("clientId")
  String clientId;

  @Parameter(description = "up to 200, comma separated; those that one may see; with no other")
  @QueryParam("ids")
  String ids;

  @QueryParam("cursor")
  String cursor;

  @QueryParam("limit")
  Integer limit;

  /**
   * What is asked for.
   *
   * @throws Problem 400 naming what cannot be asked
   */
  Wanted wanted() {
    if (recordId != null && recordType == null) {
      throw Problem.invalid("recordType", "is required with recordId");
    }
    return new Wanted(
        filter(),
        type(),
        text(q),
        crmId("recordType", recordType),
        crmId("recordId", recordId),
        crmId("clientId", clientId));
  }

  /**
   * Makes sure that nothing is asked for besides {@code ids}.
   *
   * @throws Problem 400
   */
  void onlyIds() {
    if (Stream.of(filter, type, q, recordType, recordId, clientId).anyMatch(Objects::nonNull)) {
      throw Problem.invalid("ids", "cannot be combined with filters");
    }
  }

  /** Folded; null for all. */
  static String text(String q) {
    String text = Words.fold(q);
    if (text.length() > LONGEST) {
      throw Problem.invalid("q", "is longer than " + LONGEST + " characters");
    }
    return text.isEmpty() ? null : text;
  }

  private Filter filter() {
    for (Filter one : Filter.values()) {
      if (filter == null || one.name().toLowerCase(Locale.ROOT).equals(filter)) {
        return one;
      }
    }
    throw Problem.invalid(
        "filter", "must be participating, created, closed, starred, archived, hidden or unread");
  }

  private String type() {
    try {
      return type == null ? null : ConversationType.of(type).wire();
    } catch (IllegalArgumentException e) {
      throw Problem.invalid("type", "is no type of conversation");
    }
  }

  private static String crmId(String field, String id) {
    if (id != null && !Ids.isCrmId(id)) {
      throw Problem.invalid(field, "is no id");
    }
    return id;
  }
}
