package dev.parley.presence.status;

import dev.parley.contracts.event.PresenceChanged;
import java.util.List;

/** Who is online: a state for each user that was asked for. */
public record PresenceList(List<PresenceChanged> items) {}
