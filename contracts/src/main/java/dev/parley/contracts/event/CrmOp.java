package dev.parley.contracts.event;

/** What the CRM did to a record. */
public enum CrmOp implements Wire {
  UPSERT,
  DELETE;

  /** The value of that wire name. */
  public static CrmOp of(String wire) {
    return Wire.of(CrmOp.class, wire);
  }
}
