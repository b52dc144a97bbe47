package dev.parley.conversation.create;

import dev.parley.chassis.problem.Blank;
import dev.parley.contracts.event.ConversationType;
import dev.parley.contracts.event.Posting;
import dev.parley.contracts.event.RecordRef;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;

/**
 * Body of {@code POST /v1/conversations}. Which fields a type needs is in {@link Draft}.
 *
 * @param ownNumber ours, for {@code sms} and groups with outside numbers; when absent, one that the
 *     caller holds
 * @param takeOver whether SMS conversations that have the numbers give way
 */
public record CreateRequest(
    @NotNull(message = "is required") ConversationType type,
    @Size(max = 200, message = "is longer than 200 characters") String name,
    @Size(max = 500, message = "is longer than 500 characters") String subject,
    @Size(max = 5000, message = "is longer than 5000 characters") String description,
    @Size(max = 1000, message = "has more than 1000 entries")
        List<
                @NotNull(message = "is null")
                @Pattern(regexp = "[A-Za-z0-9._:@-]{1,128}", message = "is no id") String>
            members,
    @Size(max = 50, message = "has more than 50 entries") List<String> externalNumbers,
    String ownNumber,
    Boolean takeOver,
    @Size(max = 50, message = "has more than 50 entries")
        List<@NotNull(message = "is null") RecordRef> recordRefs,
    Posting posting) {

  /** Texts without space around them, blank ones as absent; lists never null. */
  public CreateRequest {
    name = text(name);
    subject = text(subject);
    description = text(description);
    members = members == null ? List.of() : members;
    externalNumbers = externalNumbers == null ? List.of() : externalNumbers;
    recordRefs = recordRefs == null ? List.of() : recordRefs;
  }

  /** The same from that number of ours. */
  CreateRequest from(String own) {
    return new CreateRequest(
        type,
        name,
        subject,
        description,
        members,
        externalNumbers,
        own,
        takeOver,
        recordRefs,
        posting);
  }

  private static String text(String value) {
    return Blank.is(value) ? null : value.strip();
  }

  /** Without names, subjects and numbers: fit for logs. */
  @Override
  public String toString() {
    return "CreateRequest[type=" + type + "]";
  }
}
