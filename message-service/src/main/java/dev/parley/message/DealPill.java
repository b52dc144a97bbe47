package dev.parley.message;

import dev.parley.contracts.event.Message.Pill;
import dev.parley.contracts.event.RecordRef;
import java.util.HashMap;
import java.util.Map;

/**
 * The pill {@code deal_changed}: that a deal has changed is for all in its room, what it was and is
 * now for who sees the deal when they read (product.md §1, "Deal room bar"). What is told to all at
 * once says neither.
 */
public final class DealPill {
  private static final String EVENT = "deal_changed";

  private DealPill() {}

  /** Whether it is one. */
  public static boolean is(Pill pill) {
    return pill != null && EVENT.equals(pill.event());
  }

  /** The deal that has changed. */
  public static RecordRef deal(Pill pill) {
    return new RecordRef("deal", String.valueOf(pill.params().get("deal")));
  }

  /** The same for who does not see the deal; any other pill as it is. */
  public static Pill withoutValues(Pill pill) {
    if (!is(pill)) {
      return pill;
    }
    Map<String, Object> params = new HashMap<>(pill.params());
    params.remove("from");
    params.remove("to");
    return new Pill(EVENT, params);
  }
}
