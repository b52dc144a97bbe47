package dev.parley.notification.preference;

import dev.parley.contracts.event.Level;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * The choice for one conversation, whole.
 *
 * @param level absent: that of the conversation's type
 * @param muteUntil absent, or not in the future: not muted
 */
record ConversationLevelRequest(
    Level level, @Schema(examples = "2030-03-02T08:00:00.000Z") Instant muteUntil) {}
