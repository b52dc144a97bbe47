package dev.parley.contracts.event;

/**
 * One person's counts in one conversation. Absolute: of two the one with the higher {@code version}
 * holds.
 *
 * @param kind {@code user} or {@code client}
 * @param readSeq up to where the person has read; absent where that is not told
 * @param total over all conversations that are neither muted nor hidden
 */
public record UnreadCount(
    String kind,
    String id,
    Long readSeq,
    long unread,
    long mentions,
    long threadUnread,
    long version,
    long total) {}
