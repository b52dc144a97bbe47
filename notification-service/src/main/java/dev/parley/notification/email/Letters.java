package dev.parley.notification.email;

import dev.parley.notification.LinksConfig;
import io.quarkus.mailer.Mail;
import io.quarkus.qute.Location;
import io.quarkus.qute.Template;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;

/**
 * Writes mails. The mail's id makes its {@code Message-ID}, so that one sent twice is recognised by
 * the reader's mail system; the conversation's id makes its thread.
 */
@ApplicationScoped
class Letters {
  private static final int LINES = 20;
  private static final int SUBJECT = 150;

  private final Template text;
  private final Template html;
  private final LinksConfig links;

  Letters(
      @Location("mail.txt") Template text,
      @Location("mail.html") Template html,
      LinksConfig links) {
    this.text = text;
    this.html = html;
    this.links = links;
  }

  /** The mail with those of its messages that the reader is told of. */
  Uni<Mail> write(DueMail due, List<DueMail.Item> told) {
    int earlier = Math.max(0, told.size() - LINES);
    Letter letter =
        new Letter(
            subject(due, told),
            earlier,
            told.subList(earlier, told.size()).stream()
                .map(item -> new Letter.Line(oneLine(item.authorName()), item.excerpt()))
                .toList(),
            link(due.conversationId(), told.get(0).messageId()));
    return Uni.combine()
        .all()
        .unis(text.data("letter", letter).createUni(), html.data("letter", letter).createUni())
        .with(
            (plain, rich) ->
                new Mail()
                    .addTo(due.address())
                    .setSubject(letter.heading())
                    .setText(plain)
                    .setHtml(rich)
                    .addHeader("Message-ID", id(due.id()))
                    .addHeader("References", id(due.conversationId()))
                    .addHeader("Auto-Submitted", "auto-generated"));
  }

  private static String subject(DueMail due, List<DueMail.Item> told) {
    List<String> authors = told.stream().map(DueMail.Item::authorName).distinct().toList();
    String what =
        told.size() == 1
            ? (due.title() == null ? "Message from " + authors.get(0) : authors.get(0))
            : told.size() + " new messages";
    String where =
        due.title() != null
            ? " in " + due.title()
            : told.size() > 1 && authors.size() == 1 ? " from " + authors.get(0) : "";
    String subject = oneLine(what + where);
    int end = Math.min(SUBJECT, subject.length());
    boolean cutsPair = end < subject.length() && Character.isHighSurrogate(subject.charAt(end - 1));
    return subject.substring(0, cutsPair ? end - 1 : end);
  }

  private String link(UUID conversationId, UUID messageId) {
    return links
        .message()
        .replace("{conversationId}", conversationId.toString())
        .replace("{messageId}", messageId.toString());
  }

  /** Nothing in a name or title may begin another header. */
  private static String oneLine(String text) {
    return text.replaceAll("\\p{Cntrl}+", " ").strip();
  }

  private static String id(UUID id) {
    return "<" + id + "@notification.parley>";
  }
}
