package dev.parley.conversation.assign;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What {@link Assignment} reads, for the API's description: there null and absent differ. */
@Schema(
    example =
        """
        {"assigneeId": "u-ben", "followers": ["u-ana"], "contactId": "c-7"}""")
record AssignmentBody(String assigneeId, List<String> followers, String contactId) {}
