package dev.parley.contracts.event;

import java.util.UUID;

/**
 * Data of {@code typing.started} and {@code typing.stopped}. Best effort, never stored or replayed;
 * a reader lets it expire after six seconds by itself.
 *
 * @param thread the root message of the thread; absent at top level
 */
public record Typing(String userId, String displayName, UUID thread) {}
