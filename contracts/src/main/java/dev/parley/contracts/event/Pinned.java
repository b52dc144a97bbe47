package dev.parley.contracts.event;

import java.util.UUID;

/**
 * Data of {@code pin.added} and {@code pin.removed}; for staff alone.
 *
 * @param by who pinned it, or took it down
 * @param version of the conversation's pins: of two states the higher one is newer
 */
public record Pinned(UUID messageId, long seq, String by, long version) {}
