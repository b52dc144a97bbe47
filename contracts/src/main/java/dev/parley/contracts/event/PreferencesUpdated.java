package dev.parley.contracts.event;

/**
 * What somebody keeps of a conversation for themselves, as it is now.
 *
 * @param hidden until a newer message comes
 * @param hiddenSeq the newest message that it was hidden with; absent while it was not
 * @param version of two states the one with the higher version holds
 */
public record PreferencesUpdated(boolean starred, boolean hidden, Long hiddenSeq, long version) {}
