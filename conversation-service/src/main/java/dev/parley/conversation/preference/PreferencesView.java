package dev.parley.conversation.preference;

/** What one keeps of a conversation for oneself. */
record PreferencesView(boolean starred, boolean hidden) {}
