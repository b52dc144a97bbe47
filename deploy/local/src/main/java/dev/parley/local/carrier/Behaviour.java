package dev.parley.local.carrier;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * What the carrier does with texts to a number.
 *
 * @param code 0, or the error: of the API (20xxx, 21xxx) or of the delivery (30xxx)
 * @param mode how the call ends
 * @param delayMs before the API answers; the message is accepted and on its way meanwhile, so
 *     callbacks may overtake the answer
 * @param callbackDelayMs between two status callbacks
 * @param dropCallbacks the statuses change and nobody is told
 * @param duplicateCallbacks each status is told twice
 */
record Behaviour(
    int code,
    Mode mode,
    long delayMs,
    long callbackDelayMs,
    boolean dropCallbacks,
    boolean duplicateCallbacks) {
  static final Behaviour USUAL = new Behaviour(0, Mode.ANSWER, 0, 100, false, false);

  enum Mode {
    ANSWER,
    /** Accepts, then hangs up: the caller is in doubt. */
    TIMEOUT,
    /** 503, nothing accepted. */
    UNAVAILABLE
  }

  /** {@code fail}: {@code true}, an error code, {@code "timeout"} or {@code "unavailable"}. */
  static Behaviour of(JsonNode body) {
    String fail = body.path("fail").asText("");
    Mode mode =
        switch (fail) {
          case "timeout" -> Mode.TIMEOUT;
          case "unavailable" -> Mode.UNAVAILABLE;
          default -> Mode.ANSWER;
        };
    int code = fail.equals("true") ? Failure.UNREACHABLE : 0;
    if (fail.matches("\\d{5}")) {
      code = Integer.parseInt(fail);
    }
    return new Behaviour(
        code,
        mode,
        body.path("delayMs").asLong(0),
        body.path("callbackDelayMs").asLong(USUAL.callbackDelayMs),
        body.path("dropCallbacks").asBoolean(false),
        body.path("duplicateCallbacks").asBoolean(false));
  }
}
