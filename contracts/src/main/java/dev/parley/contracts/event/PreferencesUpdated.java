package dev.parley.contracts.event;

/**
 * What somebody keeps of a conversation for themselves, as it is now.
 *
 * @param hidden until a newer message comes
 * @param version of two states the one with the higher version holds
 */
public record PreferencesUpdated(boolean starred, boolean hidden, long version) {}
