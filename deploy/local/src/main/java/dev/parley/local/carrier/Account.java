package dev.parley.local.carrier;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** The one customer of the simulated carrier. */
public record Account(String sid, String token) {
  /** What the local stack and the tests use. */
  public static final Account LOCAL =
      new Account("AC00000000000000000000000000000001", "local-stack-auth-token");

  boolean isCalling(String authorization) {
    String expected =
        Base64.getEncoder().encodeToString((sid + ":" + token).getBytes(StandardCharsets.UTF_8));
    return ("Basic " + expected).equals(authorization);
  }
}
