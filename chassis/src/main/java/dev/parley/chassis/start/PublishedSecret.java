package dev.parley.chassis.start;

/**
 * A secret with a default that everybody can read in the sources, so that the local stack needs no
 * settings. Beans of this type are what {@link LocalSecrets} looks at.
 *
 * @param key as an operator sets it
 * @param value in force
 * @param published what everybody can read
 */
public record PublishedSecret(String key, String value, String published) {
  /** Whether everybody knows it. */
  boolean isKnown() {
    return value.equals(published);
  }

  /** Not what it is. */
  @Override
  public String toString() {
    return key;
  }
}
