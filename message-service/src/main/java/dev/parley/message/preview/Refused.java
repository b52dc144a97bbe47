package dev.parley.message.preview;

/** A page that is not looked at, or not any further; why is all that it says. */
final class Refused extends RuntimeException {
  private static final long serialVersionUID = 1L;

  Refused(String why) {
    super(why, null, false, false);
  }
}
