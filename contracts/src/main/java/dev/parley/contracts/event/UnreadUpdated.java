package dev.parley.contracts.event;

import java.util.List;

/** Counts of several people in one record; the edge gives each their own alone. */
public record UnreadUpdated(List<UnreadCount> counts) {}
