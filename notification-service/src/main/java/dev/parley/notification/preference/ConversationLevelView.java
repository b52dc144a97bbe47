package dev.parley.notification.preference;

import dev.parley.contracts.event.Level;
import java.time.Instant;
import java.util.UUID;

/**
 * Of which messages of a conversation somebody is told.
 *
 * @param level what holds: what was chosen for the conversation, else for its type
 * @param inherited true where nothing was chosen for the conversation; absent where it was
 * @param muteUntil until when nothing of it is told, nor counted in the total of what is unread
 */
record ConversationLevelView(
    UUID conversationId, Level level, Boolean inherited, Instant muteUntil) {}
