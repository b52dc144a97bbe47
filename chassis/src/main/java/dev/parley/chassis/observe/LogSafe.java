package dev.parley.chassis.observe;

import io.vertx.pgclient.PgException;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * Failures as the log may have them: their kinds and places. Never their messages: those of the
 * database, of Jackson and of many others quote what they failed at, and that may be a body, a
 * number or a token (product.md §14).
 */
public final class LogSafe {
  private static final int FRAMES = 12;

  private LogSafe() {}

  /** The chain of causes, each with the top of its stack; a database error with its SQLSTATE. */
  public static String stack(Throwable failure) {
    StringBuilder text = new StringBuilder();
    for (Throwable t = failure; t != null; t = t.getCause() == t ? null : t.getCause()) {
      text.append(t == failure ? "" : "\nCaused by: ").append(t.getClass().getName());
      if (t instanceof PgException pg) {
        text.append(" SQLSTATE ").append(pg.getSqlState());
      }
      text.append(
          Arrays.stream(t.getStackTrace())
              .limit(FRAMES)
              .map(frame -> "\n\tat " + frame)
              .collect(Collectors.joining()));
    }
    return text.toString();
  }
}
