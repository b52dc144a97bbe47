package dev.parley.conversation.change;

import dev.parley.contracts.event.Posting;
import dev.parley.contracts.event.RecordRef;
import java.util.List;

/** What {@link Changes} reads, for the API's description: there null and absent differ. */
record ChangesBody(
    String name, String subject, String description, Posting posting, List<RecordRef> recordRefs) {}
