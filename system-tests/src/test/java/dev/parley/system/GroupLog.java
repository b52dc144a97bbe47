package dev.parley.system;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A group's log, as somebody has it who was there all the time: in it stands who else was there
 * from where to where, and so what they must have and what they must not.
 */
final class GroupLog {
  private final List<Frame> frames;
  private final Map<String, Integer> places = new HashMap<>();

  /** Of what came to somebody who stays, in order, repeats removed. */
  GroupLog(List<Frame> events) {
    frames = ofAll(events);
    for (int place = 0; place < frames.size(); place++) {
      places.put(frames.get(place).id(), place);
    }
  }

  /**
   * What all of its members get alike, from the first message on: the counts of each person have no
   * place in it. Its making came before they were there; but who breaks off at once has a cursor
   * from before it, and gets it behind the first messages.
   */
  static List<Frame> ofAll(List<Frame> events) {
    return events.stream()
        .filter(frame -> !frame.type().equals("unread.updated"))
        .filter(frame -> !frame.type().equals("conversation.created"))
        .dropWhile(frame -> !frame.type().equals("message.created"))
        .toList();
  }

  List<Frame> frames() {
    return frames;
  }

  List<String> ids() {
    return frames.stream().map(Frame::id).toList();
  }

  /**
   * One stay.
   *
   * @param from place of the record that let them in
   * @param to place of the one that ended it; behind the log's end while it lasts
   * @param visibleFrom the first message that is theirs
   */
  record Stay(int from, int to, long visibleFrom) {
    private boolean has(int place, Frame frame) {
      return place >= from && place <= to && (frame.seq() == 0 || frame.seq() >= visibleFrom);
    }
  }

  List<Stay> stays(String user) {
    List<Stay> stays = new ArrayList<>();
    int from = -1;
    long visibleFrom = 0;
    for (int place = 0; place < frames.size(); place++) {
      Frame frame = frames.get(place);
      if (isAbout(user, frame, "member.added")) {
        from = place;
        visibleFrom = frame.data().path("visibleFromSeq").asLong();
      } else if (isAbout(user, frame, "member.removed") && from >= 0) {
        stays.add(new Stay(from, place, visibleFrom));
        from = -1;
      }
    }
    if (from >= 0) {
      stays.add(new Stay(from, frames.size(), visibleFrom));
    }
    return stays;
  }

  /** Of how many messages the longest of their stays is. */
  long most(String user) {
    return stays(user).stream().mapToLong(this::messages).max().orElse(0);
  }

  private long messages(Stay stay) {
    return frames.subList(stay.from(), Math.min(stay.to() + 1, frames.size())).stream()
        .filter(frame -> frame.type().equals("message.created"))
        .filter(frame -> stay.has(place(frame), frame))
        .count();
  }

  /**
   * What that user should not have got: all that happened outside of their stays but their own
   * coming and going, and what tells of messages from before. Counts are no part of the log.
   */
  List<Frame> leaked(String user, List<Frame> events) {
    List<Stay> stays = stays(user);
    return events.stream()
        .filter(frame -> !frame.type().equals("unread.updated"))
        .filter(frame -> !isAbout(user, frame, "member."))
        .filter(frame -> stays.stream().noneMatch(stay -> stay.has(place(frame), frame)))
        .toList();
  }

  /**
   * What is missing of what that user must have: of a stay that has ended all up to the newest that
   * came of it, since who was away at its end is given nothing of it later; of one that lasts all.
   */
  List<Frame> missing(String user, List<Frame> events) {
    Set<String> had = events.stream().map(Frame::id).collect(Collectors.toSet());
    List<Frame> missing = new ArrayList<>();
    for (Stay stay : stays(user)) {
      List<Frame> theirs =
          frames.subList(stay.from(), Math.min(stay.to() + 1, frames.size())).stream()
              .filter(frame -> stay.has(place(frame), frame))
              .filter(frame -> !isAbout(user, frame, "member."))
              .toList();
      int end = stay.to() == frames.size() ? theirs.size() : 0;
      for (int i = end; i < theirs.size(); i++) {
        if (had.contains(theirs.get(i).id())) {
          end = i + 1;
        }
      }
      theirs.subList(0, end).stream()
          .filter(frame -> !had.contains(frame.id()))
          .forEach(missing::add);
    }
    return missing;
  }

  /** Whether what came of it came in its order. */
  boolean isInOrder(List<Frame> events) {
    int last = -1;
    for (Frame frame : events) {
      int place = place(frame);
      if (place >= 0) {
        if (place < last) {
          return false;
        }
        last = place;
      }
    }
    return true;
  }

  private int place(Frame frame) {
    return places.getOrDefault(frame.id(), -1);
  }

  private static boolean isAbout(String user, Frame frame, String type) {
    return frame.type().startsWith(type) && frame.data().path("userId").asText().equals(user);
  }
}
