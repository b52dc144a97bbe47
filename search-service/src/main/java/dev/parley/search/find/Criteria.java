package dev.parley.search.find;

import dev.parley.chassis.page.Page;
import dev.parley.chassis.problem.Problem;
import dev.parley.contracts.Ids;
import dev.parley.contracts.Json;
import dev.parley.search.SearchDocument;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/**
 * What is looked for, checked.
 *
 * @param kinds never empty
 * @param from inclusive, or null
 * @param to exclusive, or null
 * @param recordRef {@code type:id}, or null
 * @param has what a message must have, all of it; empty for no matter what
 */
record Criteria(
    String q,
    Set<Kind> kinds,
    UUID conversationId,
    String authorId,
    Instant from,
    Instant to,
    String recordRef,
    Set<String> has,
    int limit) {
  static final int MAX_LENGTH = 512;

  private static final Set<String> THINGS = Set.of(SearchDocument.FILE, SearchDocument.LINK);

  /** The kinds of things that api.md names. */
  enum Kind {
    MESSAGES,
    FILES,
    CONVERSATIONS,
    RECORDS
  }

  /**
   * Checks the parameters.
   *
   * @throws Problem 400 naming the first that is wrong; a filter that is not there yet is refused,
   *     since ignoring it would find too much
   */
  static Criteria of(SearchParameters p) {
    if (p.q == null || p.q.isBlank() || p.q.length() > MAX_LENGTH) {
      throw Problem.invalid("q", "must have 1 to " + MAX_LENGTH + " characters");
    }
    if (p.bookmark != null) {
      throw Problem.invalid("bookmark", "cannot be searched by yet");
    }
    if ((p.recordType == null) != (p.recordId == null)) {
      throw Problem.invalid(p.recordType == null ? "recordType" : "recordId", "is missing");
    }
    return new Criteria(
        p.q.strip(),
        kinds(p.in),
        conversation(p.conversationId),
        p.authorId,
        time("from", p.from),
        time("to", p.to),
        p.recordType == null ? null : p.recordType + ":" + p.recordId,
        has(p.has),
        Page.limit(p.limit));
  }

  private static Set<Kind> kinds(String in) {
    if (in == null) {
      return EnumSet.allOf(Kind.class);
    }
    Set<Kind> kinds = EnumSet.noneOf(Kind.class);
    for (String name : in.split(",", -1)) {
      Kind kind =
          EnumSet.allOf(Kind.class).stream()
              .filter(k -> k.name().toLowerCase(Locale.ROOT).equals(name.strip()))
              .findFirst()
              .orElseThrow(
                  () ->
                      Problem.invalid(
                          "in", "must be of messages, files, conversations and records"));
      kinds.add(kind);
    }
    return kinds;
  }

  private static Set<String> has(String has) {
    Set<String> named = new TreeSet<>();
    for (String one : has == null ? new String[0] : has.split(",", -1)) {
      if (!THINGS.contains(one.strip())) {
        throw Problem.invalid("has", "must be of file and link");
      }
      named.add(one.strip());
    }
    return named;
  }

  private static UUID conversation(String id) {
    UUID parsed = Ids.parse(id);
    if (id != null && parsed == null) {
      throw Problem.invalid("conversationId", "is not an id");
    }
    return parsed;
  }

  private static Instant time(String field, String value) {
    try {
      return value == null ? null : Json.timeOf(value);
    } catch (DateTimeException e) {
      throw Problem.invalid(field, "is not an RFC 3339 time");
    }
  }
}
