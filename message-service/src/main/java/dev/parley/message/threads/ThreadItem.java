package dev.parley.message.threads;

import dev.parley.message.MessageView;
import java.time.Instant;
import java.util.UUID;

/**
 * A thread that somebody follows.
 *
 * @param root with its {@code thread} figures
 * @param readSeq up to which reply they have read
 * @param unread replies by others behind it
 * @param lastAt when the newest reply that they see was written, or else the root
 */
public record ThreadItem(
    UUID rootId,
    UUID conversationId,
    MessageView root,
    long readSeq,
    long unread,
    Instant lastAt) {}
