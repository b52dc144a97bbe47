package dev.parley.local.backend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parley.local.process.Ports;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.Properties;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutsideWorldTest {
  private final HttpClient client = HttpClient.newHttpClient();
  private final ObjectMapper json = new ObjectMapper();

  @Test
  void mailIsFoundByItsRecipient() throws Exception {
    int smtp = Ports.free();
    Mail mail = new Mail(smtp, Ports.free());
    mail.start();
    try {
      Properties settings = new Properties();
      settings.put("mail.smtp.host", "127.0.0.1");
      settings.put("mail.smtp.port", Integer.toString(smtp));
      MimeMessage message = new MimeMessage(Session.getInstance(settings));
      message.setFrom("parley@x.test");
      message.setRecipient(MimeMessage.RecipientType.TO, new InternetAddress("bo+1@x.test"));
      message.setSubject("Grüße");
      message.setHeader("X-Parley", "7");
      message.setText("Hello Bo", "UTF-8");
      Transport.send(message);

      JsonNode items = mailbox(mail, "?to=BO%2B1@x.test");
      assertThat(items).hasSize(1);
      assertThat(items.at("/0/subject").asText()).isEqualTo("Grüße");
      assertThat(items.at("/0/from").asText()).isEqualTo("parley@x.test");
      assertThat(items.at("/0/to").asText()).isEqualTo("bo+1@x.test");
      assertThat(items.at("/0/text").asText()).isEqualTo("Hello Bo");
      assertThat(items.at("/0/headers/X-Parley").asText()).isEqualTo("7");
      assertThat(mailbox(mail, "?to=cy@x.test")).isEmpty();
      assertThat(mailbox(mail, "")).hasSize(1);
    } finally {
      mail.stop();
    }
  }

  @Test
  void filesOutliveTheStoreAndStrangersAreRefused(@TempDir Path folder) throws Exception {
    int port = Ports.free();
    ObjectStore store = new ObjectStore(folder, port);
    store.start();
    String bucket = store.endpoints().get("S3_BUCKET");
    assertThat(call(store, port, "PUT", "/" + bucket + "/a/b.txt", "content", true)).isEqualTo("");
    store.stop();

    store.start();
    try {
      assertThat(call(store, port, "GET", "/" + bucket + "/a/b.txt", "", true))
          .isEqualTo("content");
      assertThat(call(store, port, "GET", "/" + bucket + "/a/b.txt", "", false))
          .contains("<Code>AccessDenied</Code>");
    } finally {
      store.stop();
    }
  }

  private JsonNode mailbox(Mail mail, String query) throws Exception {
    String url = mail.endpoints().get("MAILBOX") + query;
    return json.readTree(
            client
                .send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.ofString())
                .body())
        .path("items");
  }

  /** With the old, short signature of S3. */
  private String call(
      ObjectStore store, int port, String method, String path, String body, boolean signed)
      throws Exception {
    String date = DateTimeFormatter.RFC_1123_DATE_TIME.format(ZonedDateTime.now(ZoneOffset.UTC));
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .method(method, BodyPublishers.ofString(body));
    if (signed) {
      Mac mac = Mac.getInstance("HmacSHA1");
      String secret = store.endpoints().get("S3_SECRET_KEY");
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
      String text = method + "\n\n\n\nx-amz-date:" + date + "\n" + path;
      request.header("x-amz-date", date);
      request.header(
          "Authorization",
          "AWS "
              + store.endpoints().get("S3_ACCESS_KEY")
              + ":"
              + Base64.getEncoder()
                  .encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8))));
    }
    return client.send(request.build(), BodyHandlers.ofString()).body();
  }
}
