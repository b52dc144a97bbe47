package dev.parley.presence.edge;

import dev.parley.presence.LogRecord;
import java.util.List;

/**
 * What one poll brought.
 *
 * @param next for each partition the offset behind it, also where a record was unreadable
 * @param consumedNanos {@code System.nanoTime()} when it came
 */
record Batch(List<LogRecord> records, long[] next, long consumedNanos) {}
