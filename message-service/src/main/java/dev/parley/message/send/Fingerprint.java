package dev.parley.message.send;

import dev.parley.contracts.Json;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/** Tells whether two requests are the same: 128 bits of SHA-256 of their JSON. */
public final class Fingerprint {
  private static final int BYTES = 16;

  private Fingerprint() {}

  /** Of the request as understood. */
  public static byte[] of(Object request) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(Json.bytes(request));
      return Arrays.copyOf(digest, BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
