package dev.parley.message.drafts;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.UUID;

/** What somebody is writing; nothing at all throws the draft away. */
public record DraftRequest(@NotNull String body, @Size(max = 10) List<@NotNull UUID> attachments) {
  /** Attachments that were not given are none. */
  public DraftRequest {
    attachments = attachments == null ? List.of() : attachments;
  }

  @Override
  public String toString() {
    return "DraftRequest";
  }
}
