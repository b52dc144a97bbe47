package dev.parley.conversation;

/** To whom an act is open, of those who may see the conversation. Never to clients. */
public enum Who {
  NOBODY,
  /** The tenant's administrators. */
  ADMINISTRATORS,
  OWNER,
  /** Owner and admins of the conversation. */
  MANAGERS,
  MEMBERS,
  /** Members, where the tenant's settings say so. */
  IF_SET,
  /** The tenant's users. */
  STAFF,
  /** Users of an agency who act in the tenant. */
  AGENCY,
  STAFF_AND_AGENCY
}
