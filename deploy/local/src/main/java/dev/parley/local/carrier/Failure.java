package dev.parley.local.carrier;

import dev.parley.local.web.Reply;
import java.util.LinkedHashMap;
import java.util.Map;

/** Twilio's error codes as far as they occur here. */
final class Failure {
  static final int BAD_CREDENTIALS = 20003;
  static final int NOT_FOUND = 20404;
  static final int TOO_MANY_REQUESTS = 20429;
  static final int BAD_TO = 21211;
  static final int BAD_FROM = 21212;
  static final int NO_BODY = 21602;
  static final int NO_FROM = 21603;
  static final int NO_TO = 21604;
  static final int TOO_LONG = 21617;
  static final int UNREACHABLE = 30003;
  private static final int FIRST_OF_DELIVERY = 30001;
  private static final int LAST_OF_UNDELIVERED = 30008;

  private static final Map<Integer, String> TEXTS =
      Map.ofEntries(
          Map.entry(BAD_CREDENTIALS, "Authenticate"),
          Map.entry(NOT_FOUND, "The requested resource was not found"),
          Map.entry(TOO_MANY_REQUESTS, "Too Many Requests"),
          Map.entry(BAD_TO, "Invalid 'To' Phone Number"),
          Map.entry(BAD_FROM, "Invalid 'From' Phone Number"),
          Map.entry(NO_BODY, "Message body is required."),
          Map.entry(NO_FROM, "A 'From' phone number is required."),
          Map.entry(NO_TO, "A 'To' phone number is required."),
          Map.entry(21610, "Attempt to send to unsubscribed recipient"),
          Map.entry(21614, "'To' number is not a valid mobile number"),
          Map.entry(TOO_LONG, "The concatenated message body exceeds the 1600 character limit."),
          Map.entry(UNREACHABLE, "Unreachable destination handset"),
          Map.entry(30005, "Unknown destination handset"),
          Map.entry(30006, "Landline or unreachable carrier"),
          Map.entry(30007, "Message filtered"),
          Map.entry(30008, "Unknown error"));

  private Failure() {}

  static String text(int code) {
    return TEXTS.getOrDefault(code, "Error " + code);
  }

  /** Whether the carrier finds out only after it has accepted the message. */
  static boolean isOfDelivery(int code) {
    return code >= FIRST_OF_DELIVERY;
  }

  /** The final status that goes with a delivery's failure. */
  static String finalStatus(int code) {
    return code >= UNREACHABLE && code <= LAST_OF_UNDELIVERED ? "undelivered" : "failed";
  }

  static Reply reply(int code) {
    int status =
        switch (code) {
          case BAD_CREDENTIALS -> 401;
          case NOT_FOUND -> 404;
          case TOO_MANY_REQUESTS -> 429;
          default -> code >= 20500 && code < 20600 ? 500 : 400;
        };
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("code", code);
    body.put("message", text(code));
    body.put("more_info", "https://www.twilio.com/docs/errors/" + code);
    body.put("status", status);
    return Reply.json(status, body);
  }
}
