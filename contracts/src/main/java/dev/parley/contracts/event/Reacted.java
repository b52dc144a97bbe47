package dev.parley.contracts.event;

import java.util.UUID;

/**
 * Data of {@code reaction.added} and {@code reaction.removed}.
 *
 * @param userId who reacted; the event's actor says whether a user or a client
 * @param count how many react so now
 * @param version of the message's reactions: of two states the higher one is newer
 * @param visibility {@code internal} where the message is a note; absent otherwise
 */
public record Reacted(
    UUID messageId, String emoji, String userId, int count, long version, Visibility visibility) {}
