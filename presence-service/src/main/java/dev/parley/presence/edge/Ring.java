package dev.parley.presence.edge;

import dev.parley.presence.LogRecord;
import java.util.ArrayDeque;
import java.util.function.Consumer;

/**
 * The newest records of the log, bounded by count and bytes (their frames', and what a record takes
 * besides); the oldest go first, whatever their partition. Belongs to one event loop (the records
 * themselves are shared).
 */
final class Ring {
  /** About what a record takes besides its frame. */
  static final int EACH = 256;

  private final Lane[] lanes;
  private final ArrayDeque<Lane> byAge = new ArrayDeque<>();
  private final int maxRecords;
  private final long maxBytes;
  private long bytes;

  /**
   * An empty ring.
   *
   * @param start for each lane the offset of the first record that will come
   */
  Ring(long[] start, int maxRecords, long maxBytes) {
    this.lanes = new Lane[start.length];
    for (int p = 0; p < start.length; p++) {
      lanes[p] = new Lane(start[p]);
    }
    this.maxRecords = maxRecords;
    this.maxBytes = maxBytes;
  }

  /** Adds the next record of its partition. */
  void add(LogRecord record) {
    Lane lane = lanes[record.lane()];
    lane.add(record);
    byAge.add(lane);
    bytes += size(record);
    while (byAge.size() > maxRecords || bytes > maxBytes && byAge.size() > 1) {
      bytes -= byAge.poll().removeFirst();
    }
  }

  /** Whether everything from there on is here. */
  boolean covers(long[] from) {
    for (int p = 0; p < lanes.length; p++) {
      if (from[p] < lanes[p].first) {
        return false;
      }
    }
    return true;
  }

  /** For each partition the smallest offset from which on everything is here. */
  long[] first() {
    long[] first = new long[lanes.length];
    for (int p = 0; p < lanes.length; p++) {
      first[p] = lanes[p].first;
    }
    return first;
  }

  /** Visits what is here from there on, in order within each partition. */
  void visit(long[] from, Consumer<LogRecord> visitor) {
    for (int p = 0; p < lanes.length; p++) {
      Lane lane = lanes[p];
      for (int i = lane.indexOf(from[p]); i < lane.size; i++) {
        visitor.accept(lane.get(i));
      }
    }
  }

  private static int size(LogRecord record) {
    return EACH + record.frame().length;
  }

  /** One partition's records, oldest first, in a circle that grows. */
  private static final class Lane {
    private LogRecord[] records = new LogRecord[64];
    private int head;
    private int size;

    /** From this offset on nothing is missing. */
    private long first;

    Lane(long first) {
      this.first = first;
    }

    void add(LogRecord record) {
      if (size == records.length) {
        LogRecord[] larger = new LogRecord[size * 2];
        for (int i = 0; i < size; i++) {
          larger[i] = get(i);
        }
        records = larger;
        head = 0;
      }
      records[(head + size) & (records.length - 1)] = record;
      size++;
    }

    int removeFirst() {
      LogRecord record = records[head];
      records[head] = null;
      head = (head + 1) & (records.length - 1);
      size--;
      first = record.offset() + 1;
      return size(record);
    }

    LogRecord get(int index) {
      return records[(head + index) & (records.length - 1)];
    }

    /** The index of the first record at that offset or later. */
    int indexOf(long offset) {
      int low = 0;
      int high = size;
      while (low < high) {
        int middle = (low + high) >>> 1;
        if (get(middle).offset() < offset) {
          low = middle + 1;
        } else {
          high = middle;
        }
      }
      return low;
    }
  }
}
