package dev.parley.contracts.event;

import java.time.Instant;
import java.util.UUID;

/**
 * Data of {@code message.deleted}, and what pages show in the message's place: nothing of what was
 * said (product.md §4).
 *
 * @param deleted always true: tells it from a message
 * @param visibility {@code internal} of a note; absent otherwise
 * @param rev place of the deletion, or of a later change, in the conversation's log
 */
public record Tombstone(
    UUID id,
    long seq,
    boolean deleted,
    String deletedBy,
    Instant deletedAt,
    Visibility visibility,
    long rev) {}
