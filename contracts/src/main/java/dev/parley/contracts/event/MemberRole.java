package dev.parley.contracts.event;

import com.fasterxml.jackson.annotation.JsonValue;

/** Roles of staff types; customer types have none (product.md §1). */
public enum MemberRole implements Wire {
  OWNER,
  ADMIN,
  MEMBER;

  @JsonValue
  @Override
  public String wire() {
    return Wire.super.wire();
  }

  /** The value of that wire name. */
  public static MemberRole of(String wire) {
    return Wire.of(MemberRole.class, wire);
  }
}
