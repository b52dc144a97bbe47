package dev.parley.contracts.event;

import com.fasterxml.jackson.annotation.JsonValue;

/** What the CRM did to a record. */
public enum CrmOp implements Wire {
  UPSERT,
  DELETE;

  @JsonValue
  @Override
  public String wire() {
    return Wire.super.wire();
  }

  /** The value of that wire name. */
  public static CrmOp of(String wire) {
    return Wire.of(CrmOp.class, wire);
  }
}
