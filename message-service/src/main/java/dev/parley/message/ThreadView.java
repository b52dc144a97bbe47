package dev.parley.message;

import dev.parley.contracts.event.ThreadFigures;
import io.vertx.mutiny.sqlclient.Row;
import java.util.List;

/**
 * A thread as its root shows it to a reader (api.md, Message).
 *
 * @param lastSeq of the newest reply that they see
 * @param participants who replied, by id; at most 50
 * @param following whether the reader follows it
 */
public record ThreadView(long count, Long lastSeq, List<String> participants, boolean following) {
  /** Null where there are no replies. */
  static ThreadView of(ThreadFigures figures, Row row) {
    return figures.count() == 0
        ? null
        : new ThreadView(
            figures.count(),
            figures.lastSeq(),
            figures.participants(),
            Boolean.TRUE.equals(row.getBoolean("following")));
  }

  /** Without what is the reader's own; null where there are no replies. */
  static ThreadFigures figures(ThreadView view) {
    return view == null
        ? null
        : new ThreadFigures(view.count(), view.lastSeq(), view.participants());
  }
}
