package dev.parley.message.send.broadcast;

import java.time.Instant;
import java.util.UUID;

/**
 * What became of a mass message for one of its recipients.
 *
 * @param reason why not: an error's code, as a send of one's own would have got it
 * @param at when it was sent or failed
 */
public record RecipientView(
    String clientId,
    RecipientState state,
    String reason,
    UUID conversationId,
    UUID messageId,
    Instant at) {}
