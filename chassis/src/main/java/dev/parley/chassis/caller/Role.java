package dev.parley.chassis.caller;

/** What a token may be (api.md, Conventions). */
public enum Role {
  USER,
  ADMIN,
  SUPERVISOR,
  CLIENT,
  AGENCY,
  SERVICE,
  OPERATOR
}
