package dev.parley.sms;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.util.HashMap;
import java.util.Map;

/**
 * A port that the carrier can be told beforehand, since its callbacks' URLs are part of what it
 * signs; and short waits.
 */
public class Reachable implements QuarkusTestResourceLifecycleManager {
  @Override
  public Map<String, String> start() {
    int port = freePort();
    Map<String, String> config = new HashMap<>();
    config.put("quarkus.http.test-port", Integer.toString(port));
    config.put("parley.sms.twilio.public-url", "http://127.0.0.1:" + port);
    config.put("parley.sms.dispatch.call-timeout", "1s");
    config.put("parley.sms.dispatch.stuck-after", "3s");
    config.put("parley.sms.dispatch.lookup-pause", "200ms");
    config.put("parley.sms.dispatch.resend-after", "2s");
    config.put("parley.sms.dispatch.backoff", "100ms");
    config.put("parley.sms.dispatch.sweep", "200ms");
    config.put("parley.sms.dispatch.per-number-per-second", "50");
    return config;
  }

  @Override
  public void stop() {}

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
