package dev.parley.contracts.event;

import com.fasterxml.jackson.annotation.JsonValue;

/** The types of conversation and how they differ (product.md §1). */
public enum ConversationType implements Wire {
  DIRECT,
  GROUP,
  CHANNEL,
  DEAL_ROOM,
  SUBJECT,
  INTERNAL_CHAT,
  CLIENT,
  CLIENT_GROUP,
  COMPANY,
  SMS;

  /** Whether people from outside take part by nature; who may see it follows product.md §3. */
  public boolean isCustomer() {
    return this == CLIENT || this == CLIENT_GROUP || this == COMPANY || this == SMS;
  }

  /** Whether it belongs to staff, so that membership alone decides (product.md §3). */
  public boolean isStaff() {
    return !isCustomer();
  }

  @JsonValue
  @Override
  public String wire() {
    return Wire.super.wire();
  }

  /** The type of that wire name. */
  public static ConversationType of(String wire) {
    return Wire.of(ConversationType.class, wire);
  }
}
