package dev.parley.presence.copy;

import java.util.UUID;

/**
 * One person's right in one conversation, or that it has ended.
 *
 * @param from the first {@code seq} that the person may see
 * @param rev of the record that said so last: an older one changes nothing
 * @param since {@code rev} of the record that began the present membership
 */
public record Membership(UUID conversationId, boolean granted, long from, long rev, long since) {}
