package dev.parley.conversation.browse;

import dev.parley.chassis.problem.Problem;
import java.util.Locale;

/** Which of the conversations that one takes part in (product.md §1). */
enum Filter {
  /** Open and closed ones. */
  PARTICIPATING("c.state <> 'archived'"),
  /** Those that one has created oneself. */
  CREATED("c.state <> 'archived' and c.created_by = $3"),
  CLOSED("c.state = 'closed'"),
  ARCHIVED("c.state = 'archived'");

  /** The condition; {@code $3} is the reader's id. */
  final String condition;

  Filter(String condition) {
    this.condition = condition;
  }

  static Filter of(String text) {
    for (Filter filter : values()) {
      if (text == null || filter.name().toLowerCase(Locale.ROOT).equals(text)) {
        return filter;
      }
    }
    throw Problem.invalid("filter", "must be participating, created, closed or archived");
  }
}
