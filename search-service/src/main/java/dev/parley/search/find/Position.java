package dev.parley.search.find;

import co.elastic.clients.elasticsearch._types.FieldValue;
import java.util.List;

/** Where a page ended: score, time and id of its last item, as a sealed cursor carries them. */
final class Position {
  private static final char PART = '|';

  private Position() {}

  static String write(List<FieldValue> sort) {
    return sort.get(0).doubleValue()
        + ""
        + PART
        + sort.get(1).longValue()
        + PART
        + sort.get(2).stringValue();
  }

  static List<FieldValue> read(String position) {
    String[] parts = position.split("\\" + PART);
    return List.of(
        FieldValue.of(Double.parseDouble(parts[0])),
        FieldValue.of(Long.parseLong(parts[1])),
        FieldValue.of(parts[2]));
  }
}
