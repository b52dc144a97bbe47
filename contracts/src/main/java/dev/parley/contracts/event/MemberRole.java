package dev.parley.contracts.event;

/** Roles of staff types; customer types have none (product.md §1). */
public enum MemberRole implements Wire {
  OWNER,
  ADMIN,
  MEMBER;

  /** The value of that wire name. */
  public static MemberRole of(String wire) {
    return Wire.of(MemberRole.class, wire);
  }
}
