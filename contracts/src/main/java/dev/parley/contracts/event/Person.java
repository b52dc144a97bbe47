package dev.parley.contracts.event;

/** A user as others are told of. */
public record Person(String id, String name) {
  /** Without the name: fit for logs. */
  @Override
  public String toString() {
    return "Person[id=" + id + "]";
  }
}
