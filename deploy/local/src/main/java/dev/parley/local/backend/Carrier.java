package dev.parley.local.backend;

import dev.parley.local.carrier.Account;
import dev.parley.local.carrier.CarrierSimulator;
import java.io.IOException;
import java.time.Clock;
import java.util.Map;

/** The simulated carrier as a back end. */
public final class Carrier extends InProcess {
  private final int port;
  private final String webhookBase;
  private final Clock clock;
  private CarrierSimulator simulator;

  /**
   * @param webhookBase where the gateway's webhooks are, as the outside sees them
   */
  public Carrier(int port, String webhookBase, Clock clock) {
    super("simulator");
    this.port = port;
    this.webhookBase = webhookBase;
    this.clock = clock;
  }

  @Override
  void open() throws IOException {
    simulator = CarrierSimulator.start(port, Account.LOCAL, webhookBase, clock);
  }

  @Override
  void close() {
    simulator.close();
  }

  @Override
  public Map<String, String> endpoints() {
    return Map.of(
        "SIMULATOR",
        "http://127.0.0.1:" + port,
        "TWILIO_ACCOUNT_SID",
        Account.LOCAL.sid(),
        "TWILIO_AUTH_TOKEN",
        Account.LOCAL.token(),
        "TWILIO_WEBHOOK_BASE",
        webhookBase);
  }
}
