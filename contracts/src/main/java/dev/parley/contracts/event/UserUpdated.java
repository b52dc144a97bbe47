package dev.parley.contracts.event;

/**
 * Data of {@code user.updated}: how a user is shown, as it is now.
 *
 * @param name absent where the CRM has told of none
 * @param active whether they may use Parley; false of deleted ones, too
 * @param version the record's in the CRM: of two states the one with the higher version holds
 */
public record UserUpdated(String id, String name, String avatarUrl, boolean active, long version) {

  /** Without the name: fit for logs. */
  @Override
  public String toString() {
    return "UserUpdated[version=" + version + "]";
  }
}
