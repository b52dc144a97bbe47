package dev.parley.chassis.page;

import dev.parley.chassis.caller.Caller;
import dev.parley.chassis.problem.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Sealed cursors: AES-256-GCM, so a cursor can be neither read nor made nor changed outside, and
 * one that was sealed for another reader, tenant or query does not open.
 */
@ApplicationScoped
public class Cursors {
  private static final byte VERSION = 1;
  private static final int NONCE = 12;
  private static final int TAG_BITS = 128;

  private final SecretKeySpec key;
  private final SecureRandom random = new SecureRandom();

  Cursors(CursorConfig config) throws GeneralSecurityException {
    if (config.key().length() < 16) {
      throw new IllegalArgumentException("parley.cursor.key is shorter than 16 characters");
    }
    byte[] digest =
        MessageDigest.getInstance("SHA-256").digest(config.key().getBytes(StandardCharsets.UTF_8));
    this.key = new SecretKeySpec(digest, "AES");
  }

  /**
   * What a cursor is bound to: a list, as that reader sees it, asked for so. A user and a client of
   * one id are two readers.
   */
  public static String scope(String list, Caller reader, String... query) {
    String own = String.join("\n", list, reader.tenant(), reader.kind(), reader.id());
    return query.length == 0 ? own : own + "\n" + String.join("\n", query);
  }

  /**
   * Seals a position.
   *
   * @param scope what it is bound to
   */
  public String seal(String scope, byte[] position) {
    try {
      byte[] nonce = new byte[NONCE];
      random.nextBytes(nonce);
      byte[] sealed = cipher(Cipher.ENCRYPT_MODE, nonce, scope).doFinal(position);
      byte[] all = new byte[1 + NONCE + sealed.length];
      all[0] = VERSION;
      System.arraycopy(nonce, 0, all, 1, NONCE);
      System.arraycopy(sealed, 0, all, 1 + NONCE, sealed.length);
      return Base64.getUrlEncoder().withoutPadding().encodeToString(all);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Seals a position given as text. */
  public String seal(String scope, String position) {
    return seal(scope, position.getBytes(StandardCharsets.UTF_8));
  }

  /** The position, or null when the cursor is not one that we sealed for this scope. */
  public byte[] open(String scope, String cursor) {
    try {
      byte[] all = Base64.getUrlDecoder().decode(cursor);
      if (all.length <= 1 + NONCE || all[0] != VERSION) {
        return null;
      }
      byte[] nonce = Arrays.copyOfRange(all, 1, 1 + NONCE);
      return cipher(Cipher.DECRYPT_MODE, nonce, scope)
          .doFinal(all, 1 + NONCE, all.length - 1 - NONCE);
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      return null;
    }
  }

  /**
   * The position of the query parameter {@code cursor}.
   *
   * @throws Problem 400 naming {@code cursor} when it is not one that we sealed for this scope
   */
  public String require(String scope, String cursor) {
    byte[] position = open(scope, cursor);
    if (position == null) {
      throw Problem.invalid("cursor", "is not a cursor of this list");
    }
    return new String(position, StandardCharsets.UTF_8);
  }

  private Cipher cipher(int mode, byte[] nonce, String scope) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(scope.getBytes(StandardCharsets.UTF_8));
    return cipher;
  }
}
