package dev.parley.message.bookmark;

import dev.parley.message.Timelines;

/**
 * Which users see a bookmarked message: to them alone it is given to do, and of it they alone are
 * reminded (product.md §3).
 */
final class Sight {
  private static final String SEES =
      """
      exists (
        select from timeline t
        left join member m on m.tenant = t.tenant and m.conversation_id = t.conversation_id
          and m.kind = 'user' and m.subject_id = %4$s and m.granted
        left join user_copy u on u.tenant = t.tenant and u.id = %4$s
        where t.tenant = %1$s and t.conversation_id = %2$s
          and %3$s >= coalesce(m.visible_from_seq, 1) and coalesce(u.active, true)
          and (m.subject_id is not null or t.type = 'channel'
            or t.type in %5$s and not coalesce(u.assigned_data_only, false)
            or %6$s))
      """;

  private Sight() {}

  /** SQL: whether that user sees what stands at that place; each is an expression. */
  static String of(String tenant, String conversation, String seq, String user) {
    return SEES.formatted(
        tenant,
        conversation,
        seq,
        user,
        Timelines.CUSTOMER_TYPES,
        Timelines.SEES_DEAL.formatted(user, "coalesce(u.assigned_data_only, false)"));
  }
}
