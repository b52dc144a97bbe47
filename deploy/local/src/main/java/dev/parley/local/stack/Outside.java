package dev.parley.local.stack;

import dev.parley.local.backend.BackEnd;
import dev.parley.local.backend.Carrier;
import dev.parley.local.backend.Mail;
import dev.parley.local.backend.ObjectStore;
import dev.parley.local.backend.OidcIssuer;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;

/**
 * {@code Outside DIR}: what in production other companies run, in one JVM: the OIDC issuer, the S3
 * store, the mail server, the carrier.
 */
public final class Outside {
  private Outside() {}

  public static void main(String[] arguments) throws Exception {
    for (BackEnd backEnd : backEnds(Path.of(arguments[0]))) {
      backEnd.start();
    }
  }

  static List<BackEnd> backEnds(Path data) {
    Clock clock = Clock.systemUTC();
    return List.of(
        new OidcIssuer(Plan.OIDC, clock),
        new Mail(Plan.SMTP, Plan.MAILBOX),
        new Carrier(Plan.SIMULATOR, Plan.ADDRESS, clock),
        new ObjectStore(data.resolve("s3"), Plan.S3));
  }
}
