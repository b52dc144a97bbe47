package dev.parley.sms.provider.twilio;

import dev.parley.chassis.start.PublishedSecret;
import dev.parley.sms.SmsConfig;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** The account at the local carrier, which this repository's {@code application.properties} has. */
class SimulatorAccount {
  static final String AUTH_TOKEN = "local-stack-auth-token";

  @Produces
  @Singleton
  PublishedSecret authToken(SmsConfig config) {
    return new PublishedSecret(
        "parley.sms.twilio.auth-token", config.twilio().authToken(), AUTH_TOKEN);
  }
}
