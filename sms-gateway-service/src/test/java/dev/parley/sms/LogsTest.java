package dev.parley.sms;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.contracts.Ids;
import dev.parley.contracts.event.DeliveryStatus;
import io.quarkus.test.junit.QuarkusTest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

@QuarkusTest
class LogsTest extends WithCarrier {
  @Test
  void noNumberBodyOrTokenIsEverLogged() {
    List<String> logged = new CopyOnWriteArrayList<>();
    Handler listener = listener(logged);
    Logger.getLogger("").addHandler(listener);
    Line line = Line.open();
    try {
      Carrier.behaves(line.theirs(), Map.of("fail", "unavailable"));
      UUID message = line.write("canary-out");
      line.told(message, 1);
      Carrier.behaves(line.theirs(), Map.of("fail", "timeout"));
      line.toldUntil(message, DeliveryStatus.DELIVERED);
      Map<String, String> form = new LinkedHashMap<>();
      form.put("MessageSid", "SM" + Ids.next().toString().replace("-", ""));
      form.put("From", line.theirs());
      form.put("To", line.own());
      form.put("Body", "canary-in");
      Carrier.calls("/webhooks/twilio/messages", form).statusCode(200);
      Carrier.calls("/webhooks/twilio/messages", form, "forged").statusCode(403);
      form.put("To", "nonsense canary-in");
      Carrier.calls("/webhooks/twilio/messages", form).statusCode(400);
    } finally {
      Logger.getLogger("").removeHandler(listener);
    }
    assertThat(logged).isNotEmpty();
    assertThat(logged)
        .noneMatch(text -> text.contains("canary"))
        .noneMatch(text -> text.contains(line.own().substring(1)))
        .noneMatch(text -> text.contains(line.theirs().substring(1)))
        .noneMatch(text -> text.contains("local-stack-auth-token"));
  }

  private static Handler listener(List<String> logged) {
    return new Handler() {
      @Override
      public void publish(LogRecord record) {
        logged.add(
            record.getMessage()
                + java.util.Arrays.toString(record.getParameters())
                + record.getThrown());
      }

      @Override
      public void flush() {}

      @Override
      public void close() {}
    };
  }
}
