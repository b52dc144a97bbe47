package dev.parley.chassis.consume;

/**
 * Says that a record needs something that is still on its way by another topic. It is tried again
 * for up to a minute, holding its partition, and only then put aside.
 */
public final class NotYet extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public NotYet(String what) {
    super(what, null, false, false);
  }
}
