package dev.parley.contracts.event;

import java.util.UUID;

/**
 * Somebody has read up to a message, or has marked it unread again.
 *
 * @param thread the thread's root, where the thread was read and not the conversation
 */
public record ReadUpdated(String userId, long readSeq, UUID thread) {}
