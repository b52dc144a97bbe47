package dev.parley.message.send.schedule;

import dev.parley.message.send.SendMessageRequest;
import dev.parley.message.send.SendMessageRequest.Ref;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Null;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * What is to change of a scheduled message; what is absent stays. Where it goes, who may see it and
 * its clientMsgId are for good: asked to change, it says so.
 */
public record SchedulePatch(
    String body,
    @Size(max = 100)
        List<
                @NotNull @Pattern(regexp = "[A-Za-z0-9._:@-]{1,128}", message = "is no user id")
                String>
            mentions,
    Boolean confirm,
    @Size(max = 10) List<@NotNull UUID> attachments,
    @Size(max = 20) List<@NotNull @Valid Ref> recordRefs,
    Instant sendAt,
    String zone,
    @Schema(hidden = true) @Null(message = "cannot be changed") Object conversationId,
    @Schema(hidden = true) @Null(message = "cannot be changed") Object clientMsgId,
    @Schema(hidden = true) @Null(message = "cannot be changed") Object threadRoot,
    @Schema(hidden = true) @Null(message = "cannot be changed") Object visibility) {

  SendMessageRequest applied(SendMessageRequest before) {
    return new SendMessageRequest(
        before.clientMsgId(),
        body == null ? before.body() : body,
        before.threadRoot(),
        mentions == null ? before.mentions() : mentions,
        confirm == null ? before.confirm() : confirm,
        attachments == null ? before.attachments() : attachments,
        recordRefs == null ? before.recordRefs() : recordRefs,
        before.visibility(),
        before.fencingToken());
  }

  @Override
  public String toString() {
    return "SchedulePatch";
  }
}
