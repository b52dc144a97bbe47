package dev.parley.system.bench;

import java.nio.charset.StandardCharsets;

/**
 * Finds the load's own messages in a frame's bytes, alone or in an array, by the mark that their
 * bodies begin with; nothing is parsed.
 */
final class Frames {
  /** Told the number of each message found. */
  interface Found {
    void message(int number);
  }

  private static final byte[] FIELD = ascii("\"body\":\"T:");
  private static final String WORDS =
      ("the renewal is on for thursday and the customer asked whether delivery in two parts would"
              + " be fine with us please have a look at the offer before noon and tell me what you"
              + " think of the second page thanks a lot and see you there tomorrow morning ")
          .repeat(8);

  private final byte[] run;
  private final String mark;
  private final int bytes;

  /**
   * @param run tells this run's messages from those of earlier ones
   */
  Frames(String run, int bytes) {
    this.run = ascii(run + "|");
    this.mark = "T:" + run + "|";
    this.bytes = bytes;
  }

  /** The clientMsgId of a message. */
  String id(int number) {
    return mark + number;
  }

  /** The body of a message: the mark, its number, words up to the size. */
  String body(int number) {
    String head = mark + number + "|";
    return head + WORDS.substring(0, Math.max(0, bytes - head.length()));
  }

  void scan(byte[] text, Found found) {
    int last = text.length - FIELD.length;
    for (int at = 0; at <= last; at++) {
      if (text[at] == '"' && is(FIELD, text, at)) {
        at += FIELD.length;
        if (is(run, text, at)) {
          at += run.length;
          int number = 0;
          for (; at < text.length && text[at] != '|'; at++) {
            number = 10 * number + text[at] - '0';
          }
          found.message(number);
        }
      }
    }
  }

  private static boolean is(byte[] part, byte[] text, int at) {
    if (at + part.length > text.length) {
      return false;
    }
    for (int i = 0; i < part.length; i++) {
      if (text[at + i] != part[i]) {
        return false;
      }
    }
    return true;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
