package dev.parley.local.carrier;

import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Takes accepted texts through their statuses and tells each to the message's callback URL. */
final class Deliveries {
  private final Account account;
  private final Webhooks webhooks;
  private final ScheduledExecutorService timer;
  private final Clock clock;

  Deliveries(Account account, Webhooks webhooks, ScheduledExecutorService timer, Clock clock) {
    this.account = account;
    this.webhooks = webhooks;
    this.timer = timer;
    this.clock = clock;
  }

  void deliver(CarrierMessage message, Behaviour behaviour) {
    List<String> statuses = new ArrayList<>(List.of("queued"));
    if (behaviour.code() == 0) {
      statuses.addAll(List.of("sent", "delivered"));
    } else {
      String last = Failure.finalStatus(behaviour.code());
      if (last.equals("undelivered")) {
        statuses.add("sent");
      }
      statuses.add(last);
    }
    long delay = 0;
    for (String status : statuses) {
      Integer error =
          status.equals("undelivered") || status.equals("failed") ? behaviour.code() : null;
      timer.schedule(
          () -> becomes(message, status, error, behaviour), delay, TimeUnit.MILLISECONDS);
      delay += behaviour.callbackDelayMs();
    }
  }

  private void becomes(CarrierMessage message, String status, Integer error, Behaviour behaviour) {
    message.becomes(status, error, clock.instant());
    if (message.callback() == null || behaviour.dropCallbacks()) {
      return;
    }
    for (int times = behaviour.duplicateCallbacks() ? 2 : 1; times > 0; times--) {
      webhooks
          .call(message.callback(), form(message, status, error))
          .whenComplete(
              (answer, failure) -> message.told(status, failure == null ? answer.statusCode() : 0));
    }
  }

  private Map<String, List<String>> form(CarrierMessage message, String status, Integer error) {
    Map<String, List<String>> form = new LinkedHashMap<>();
    form.put("AccountSid", List.of(account.sid()));
    form.put("ApiVersion", List.of("2010-04-01"));
    form.put("From", List.of(message.from()));
    form.put("MessageSid", List.of(message.sid()));
    form.put("MessageStatus", List.of(status));
    form.put("SmsSid", List.of(message.sid()));
    form.put("SmsStatus", List.of(status));
    form.put("To", List.of(message.to()));
    if (error != null) {
      form.put("ErrorCode", List.of(error.toString()));
    }
    return form;
  }
}
