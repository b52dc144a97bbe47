package dev.parley.contracts.event;

import java.math.BigDecimal;
import java.time.LocalDate;

/**
 * A deal as the bar of its room shows it, for who may see it; for anybody else the id alone.
 *
 * @param accessible whether the reader may see the deal, and it is there
 */
public record DealBar(
    String id,
    boolean accessible,
    String name,
    String stage,
    BigDecimal value,
    String currency,
    LocalDate closeDate,
    String ownerId,
    String companyId,
    String companyName,
    String url) {

  /** All that is told to who may not see the deal. */
  public static DealBar hidden(String id) {
    return new DealBar(id, false, null, null, null, null, null, null, null, null, null);
  }

  /** Without what the deal says: fit for logs. */
  @Override
  public String toString() {
    return "DealBar[id=" + id + ", accessible=" + accessible + "]";
  }
}
