package dev.parley.message.send;

import dev.parley.contracts.event.RecordRef;
import dev.parley.contracts.event.Visibility;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.UUID;

/**
 * A message to send (api.md, message-service).
 *
 * @param clientMsgId the sender's own id, 1–128 characters: the same request under it makes one
 *     message however often it comes; unique per author and conversation, for ever
 * @param body Markdown subset, 1–40,000 characters, kept as written
 * @param threadRoot the top-level message that this replies to
 * @param mentions user ids, {@code channel}, {@code here}
 * @param confirm needed for {@code channel} and {@code here} from 50 members on
 * @param attachments ids of uploaded files, at most 10
 * @param recordRefs CRM records to show as cards, at most 20
 * @param visibility {@code internal} for a note that only staff sees, in customer conversations
 * @param fencingToken the claim that a queue's agent sends under
 */
public record SendMessageRequest(
    @NotBlank @Pattern(regexp = CLIENT_MSG_ID, message = "must have 1 to 128 characters")
        String clientMsgId,
    @NotNull String body,
    UUID threadRoot,
    @Size(max = 100)
        List<@NotNull @Pattern(regexp = CRM_ID, message = "is no user id") String> mentions,
    Boolean confirm,
    @Size(max = 10) List<@NotNull UUID> attachments,
    @Size(max = 20) List<@NotNull @Valid Ref> recordRefs,
    Visibility visibility,
    Long fencingToken) {

  /** Counted as the body is: a character beyond the first 65,536 is one, not two. */
  public static final String CLIENT_MSG_ID = "(?s).{1,128}";

  private static final String CRM_ID = "[A-Za-z0-9._:@-]{1,128}";

  /** Lists that were not given are empty; those of people and records name each once. */
  public SendMessageRequest {
    mentions = mentions == null ? List.of() : mentions.stream().distinct().toList();
    attachments = attachments == null ? List.of() : attachments;
    recordRefs = recordRefs == null ? List.of() : recordRefs.stream().distinct().toList();
    visibility = visibility == null ? Visibility.ALL : visibility;
  }

  /** The records as events name them. */
  public List<RecordRef> records() {
    return recordRefs.stream().map(ref -> new RecordRef(ref.type(), ref.id())).toList();
  }

  /**
   * What makes two sends the same message: all but {@code confirm} and the order of the mentions.
   */
  public byte[] fingerprint() {
    SendMessageRequest said =
        new SendMessageRequest(
            clientMsgId,
            body,
            threadRoot,
            mentions.stream().sorted().toList(),
            null,
            attachments,
            recordRefs,
            visibility,
            fencingToken);
    return Fingerprint.of(said);
  }

  /** A CRM record by name. */
  public record Ref(
      @NotNull @Pattern(regexp = "[a-z][a-z0-9_-]{0,63}", message = "is no record type")
          String type,
      @NotNull @Pattern(regexp = CRM_ID, message = "is no record id") String id) {}

  @Override
  public String toString() {
    return "SendMessageRequest";
  }
}
