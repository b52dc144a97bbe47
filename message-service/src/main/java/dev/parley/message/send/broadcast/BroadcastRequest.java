package dev.parley.message.send.broadcast;

import dev.parley.chassis.problem.Problem;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * One message to many clients (api.md, message-service).
 *
 * @param body as of any message; {@link Variables} are filled in for each recipient
 * @param attachments ids of uploaded files, at most 10; each recipient gets their own
 */
public record BroadcastRequest(
    @NotNull String body,
    @Size(max = 10) List<@NotNull UUID> attachments,
    @NotNull @Valid Audience audience) {

  private static final String CRM_ID = "[A-Za-z0-9._:@-]{1,128}";

  /** The list is never null. */
  public BroadcastRequest {
    attachments = attachments == null ? List.of() : attachments;
  }

  /**
   * Who gets it: these clients, or those of a company, or all; as far as the author sees them.
   *
   * @param clientIds each of them counts once
   */
  public record Audience(
      @Size(min = 1, max = 10_000)
          List<@NotNull @Pattern(regexp = CRM_ID, message = "is no client id") String> clientIds,
      @Pattern(regexp = CRM_ID, message = "is no company id") String companyId,
      Boolean all) {

    void check() {
      long said =
          Stream.of(clientIds != null, companyId != null, Boolean.TRUE.equals(all))
              .filter(one -> one)
              .count();
      if (said != 1) {
        throw Problem.invalid("audience", "must have one of clientIds, companyId, all");
      }
    }
  }

  void check() {
    if (new HashSet<>(attachments).size() < attachments.size()) {
      throw Problem.invalid("attachments", "must not name a file twice");
    }
    audience.check();
  }

  @Override
  public String toString() {
    return "BroadcastRequest";
  }
}
