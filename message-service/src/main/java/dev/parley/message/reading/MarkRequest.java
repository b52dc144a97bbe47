package dev.parley.message.reading;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.PositiveOrZero;
import java.util.UUID;

/**
 * Up to where somebody has read, or from where it is to count as unread again.
 *
 * @param thread the thread's root, when the thread is meant and not the conversation
 */
public record MarkRequest(@NotNull @PositiveOrZero Long seq, UUID thread) {}
