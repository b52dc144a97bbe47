package dev.parley.conversation;

import dev.parley.contracts.event.ConversationType;
import dev.parley.contracts.event.MemberKind;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads {@code policy.md}: a line of the table per type, a column per rule. */
final class PolicyTable {
  private static final String FILE = "/policy.md";

  private PolicyTable() {}

  /** The policies of all types; a type without a line or a word that is none fails the start. */
  static Map<ConversationType, MembershipPolicy> read() {
    List<List<String>> lines =
        text().lines().filter(line -> line.startsWith("|")).map(PolicyTable::cells).toList();
    Map<ConversationType, MembershipPolicy> rows = new EnumMap<>(ConversationType.class);
    for (List<String> line : lines.subList(2, lines.size())) {
      Map<String, String> cells = new LinkedHashMap<>();
      for (int i = 0; i < line.size(); i++) {
        cells.put(lines.get(0).get(i), line.get(i));
      }
      rows.put(ConversationType.of(cells.get("type")), row(cells));
    }
    if (rows.size() != ConversationType.values().length) {
      throw new IllegalStateException("policy.md has not one line for each type");
    }
    return rows;
  }

  private static MembershipPolicy row(Map<String, String> cells) {
    return new MembershipPolicy(
        one(Who.class, cells, "creates"),
        one(MembershipPolicy.Creator.class, cells, "creator"),
        one(MembershipPolicy.Seers.class, cells, "sees"),
        one(Who.class, cells, "adds"),
        kinds(cells.get("takes")),
        one(Who.class, cells, "joins"),
        one(Who.class, cells, "removes"),
        one(Who.class, cells, "leaves"),
        cells.get("owner leaving").equals("succeeded"),
        one(Who.class, cells, "edits"),
        one(Who.class, cells, "closes"),
        one(Who.class, cells, "archives"),
        one(Who.class, cells, "manages"),
        one(Who.class, cells, "roles"),
        one(Who.class, cells, "context"),
        one(Who.class, cells, "assigns"),
        one(MembershipPolicy.Newcomers.class, cells, "newcomers see"),
        cells.get("administered").equals("yes"),
        cells.get("impersonated").equals("yes"),
        Integer.parseInt(cells.get("most")));
  }

  private static Set<MemberKind> kinds(String cell) {
    return Arrays.stream(cell.split(", "))
        .map(
            word ->
                switch (word) {
                  case "users" -> MemberKind.USER;
                  case "clients" -> MemberKind.CLIENT;
                  case "numbers" -> MemberKind.PHONE;
                  default -> throw new IllegalArgumentException(word);
                })
        .collect(Collectors.toCollection(() -> EnumSet.noneOf(MemberKind.class)));
  }

  private static <E extends Enum<E>> E one(Class<E> type, Map<String, String> cells, String rule) {
    return Enum.valueOf(type, cells.get(rule).toUpperCase(Locale.ROOT));
  }

  private static List<String> cells(String line) {
    return Arrays.stream(line.substring(1).split("\\|")).map(String::strip).toList();
  }

  private static String text() {
    try (InputStream in = PolicyTable.class.getResourceAsStream(FILE)) {
      if (in == null) {
        throw new IllegalStateException(FILE + " is missing");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
