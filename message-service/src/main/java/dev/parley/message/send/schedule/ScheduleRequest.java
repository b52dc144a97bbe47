package dev.parley.message.send.schedule;

import dev.parley.contracts.event.Visibility;
import dev.parley.message.send.Fingerprint;
import dev.parley.message.send.SendMessageRequest;
import dev.parley.message.send.SendMessageRequest.Ref;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * A message to be sent later; its fields as in {@link SendMessageRequest}.
 *
 * @param clientMsgId of the message; one is made where none is given. The same request under it
 *     makes one plan however often it comes
 * @param sendAt UTC
 * @param zone of the IANA database, in which the author thinks of the time
 */
public record ScheduleRequest(
    @NotNull UUID conversationId,
    @Pattern(regexp = "(?s)(?=.*\\S).{1,128}", message = "must have 1 to 128 characters")
        String clientMsgId,
    @NotNull String body,
    UUID threadRoot,
    @Size(max = 100)
        List<
                @NotNull @Pattern(regexp = "[A-Za-z0-9._:@-]{1,128}", message = "is no user id")
                String>
            mentions,
    Boolean confirm,
    @Size(max = 10) List<@NotNull UUID> attachments,
    @Size(max = 20) List<@NotNull @Valid Ref> recordRefs,
    Visibility visibility,
    @NotNull Instant sendAt,
    @NotNull String zone) {

  SendMessageRequest message(UUID id) {
    return new SendMessageRequest(
        clientMsgId == null ? "scheduled-" + id : clientMsgId,
        body,
        threadRoot,
        mentions,
        confirm,
        attachments,
        recordRefs,
        visibility,
        null);
  }

  /** What makes two plans the same: the message, as of two sends, and when it goes. */
  byte[] fingerprint(SendMessageRequest message) {
    return Fingerprint.of(List.of(message.fingerprint(), sendAt, zone));
  }

  @Override
  public String toString() {
    return "ScheduleRequest";
  }
}
