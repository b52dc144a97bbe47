package dev.parley.contracts;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.impl.NameBasedGenerator;
import com.fasterxml.uuid.impl.TimeBasedEpochGenerator;
import java.time.Instant;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Identifiers.
 *
 * <p>Ours are UUIDv7 (RFC 9562): unique, and sortable by creation only roughly. They order nothing:
 * the order inside a conversation is {@code seq}. What follows from something else (a carrier's
 * message, a greeting) gets its id from that, so that a replay cannot make two.
 */
public final class Ids {
  private static final TimeBasedEpochGenerator V7 = Generators.timeBasedEpochGenerator();
  private static final UUID NAMESPACE = UUID.fromString("7d5e3c1a-52a4-5c0e-9a55-0a1f8f0b7a11");
  private static final NameBasedGenerator HASH = Generators.nameBasedGenerator(NAMESPACE);
  private static final Pattern CRM = Pattern.compile("[A-Za-z0-9._:@-]{1,128}");
  private static final Pattern RESERVED = Pattern.compile("me|channel|here|all");

  private Ids() {}

  /** A new UUIDv7. */
  public static UUID next() {
    return V7.generate();
  }

  /**
   * The same time and name give the same id, always and on every node. In form it is a UUIDv7 of
   * that time, to the millisecond; the rest is a hash of the name.
   */
  public static UUID named(Instant at, String kind, String name) {
    UUID hash = HASH.generate(kind + "\n" + name);
    long head = at.toEpochMilli() << 16 | 0x7000 | hash.getMostSignificantBits() & 0xfff;
    return new UUID(head, hash.getLeastSignificantBits());
  }

  /** The time in a UUIDv7, or {@link Instant#EPOCH} for any other id. */
  public static Instant timeOf(UUID id) {
    return id.version() == 7
        ? Instant.ofEpochMilli(id.getMostSignificantBits() >>> 16)
        : Instant.EPOCH;
  }

  /** The id in the text, or null when the text is no UUID in its usual form. */
  public static UUID parse(String text) {
    if (text == null || text.length() != 36) {
      return null;
    }
    try {
      return UUID.fromString(text);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  /** Whether the CRM may name something so (api.md, Conventions). */
  public static boolean isCrmId(String id) {
    return id != null && CRM.matcher(id).matches() && !RESERVED.matcher(id).matches();
  }
}
