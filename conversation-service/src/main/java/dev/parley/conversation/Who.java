package dev.parley.conversation;

/** To whom an act is open. */
public enum Who {
  NOBODY,
  /** The tenant's administrators. */
  ADMINISTRATORS,
  OWNER,
  /** Owner and admins of the conversation. */
  MANAGERS,
  MEMBERS,
  /** Everybody who may see it. */
  SEERS
}
