package dev.parley.notification.email;

import java.util.List;

/**
 * What the templates {@code mail.txt} and {@code mail.html} show.
 *
 * @param heading the subject's words
 * @param earlier how many messages come before the first line
 * @param link to the first message of the mail
 */
public record Letter(String heading, int earlier, List<Line> lines, String link) {
  /** One message. */
  public record Line(String author, String text) {
    @Override
    public String toString() {
      return "Line[]";
    }
  }

  /** Without words and names: fit for logs. */
  @Override
  public String toString() {
    return "Letter[]";
  }
}
