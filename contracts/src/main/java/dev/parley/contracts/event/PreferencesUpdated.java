package dev.parley.contracts.event;

import java.time.Instant;

/**
 * What somebody keeps of a conversation for themselves, as it is now.
 *
 * @param hidden until a newer message comes
 * @param hiddenSeq the newest message that it was hidden with; absent while it was not
 * @param version of two states the one with the higher version holds
 * @param level of which messages they want to be told; absent: that of the conversation's type
 * @param muteUntil absent while it is not muted; muted no longer once it has come
 */
public record PreferencesUpdated(
    boolean starred,
    boolean hidden,
    Long hiddenSeq,
    long version,
    Level level,
    Instant muteUntil) {}
