package dev.parley.local.backend;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.parley.local.web.Reply;
import dev.parley.local.web.Web;
import jakarta.mail.Address;
import jakarta.mail.Header;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A mail server that takes everything and delivers nothing, and a mailbox to look into: {@code GET
 * ?to=ADDRESS} answers {@code {items: [{from, to, subject, text, html, headers}]}}, oldest first.
 * It forgets when it stops.
 */
public final class Mail extends InProcess {
  private final int smtpPort;
  private final int mailboxPort;
  private GreenMail server;
  private Web mailbox;

  public Mail(int smtpPort, int mailboxPort) {
    super("mail");
    this.smtpPort = smtpPort;
    this.mailboxPort = mailboxPort;
  }

  @Override
  void open() throws IOException {
    server = new GreenMail(new ServerSetup(smtpPort, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    server.start();
    mailbox =
        Web.serve(
            mailboxPort,
            request -> Reply.json(200, Map.of("items", items(request.parameter("to")))));
  }

  @Override
  void close() {
    mailbox.close();
    server.stop();
  }

  private List<Map<String, Object>> items(String address) {
    List<Map<String, Object>> items = new ArrayList<>();
    try {
      for (MimeMessage message : server.getReceivedMessages()) {
        List<String> to = addresses(message.getAllRecipients());
        if (address == null || to.stream().anyMatch(address::equalsIgnoreCase)) {
          items.add(item(message, to));
        }
      }
    } catch (MessagingException | IOException e) {
      throw new IllegalStateException("mail that cannot be read", e);
    }
    return items;
  }

  private static Map<String, Object> item(MimeMessage message, List<String> to)
      throws MessagingException, IOException {
    Map<String, Object> item = new LinkedHashMap<>();
    item.put("from", String.join(", ", addresses(message.getFrom())));
    item.put("to", String.join(", ", to));
    item.put("subject", message.getSubject());
    collect(message, item);
    Map<String, String> headers = new LinkedHashMap<>();
    for (Header header : Collections.list(message.getAllHeaders())) {
      headers.merge(header.getName(), header.getValue(), (one, two) -> one + "\n" + two);
    }
    item.put("headers", headers);
    return item;
  }

  private static void collect(Part part, Map<String, Object> item)
      throws MessagingException, IOException {
    if (part.getContent() instanceof Multipart parts) {
      for (int i = 0; i < parts.getCount(); i++) {
        collect(parts.getBodyPart(i), item);
      }
    } else if (part.isMimeType("text/plain")) {
      item.putIfAbsent("text", part.getContent().toString());
    } else if (part.isMimeType("text/html")) {
      item.putIfAbsent("html", part.getContent().toString());
    }
  }

  private static List<String> addresses(Address[] addresses) {
    List<String> texts = new ArrayList<>();
    if (addresses != null) {
      for (Address address : addresses) {
        texts.add(address instanceof InternetAddress mail ? mail.getAddress() : address.toString());
      }
    }
    return texts;
  }

  @Override
  public Map<String, String> endpoints() {
    return Map.of(
        "SMTP_HOST",
        "127.0.0.1",
        "SMTP_PORT",
        Integer.toString(smtpPort),
        "MAILBOX",
        "http://127.0.0.1:" + mailboxPort);
  }
}
