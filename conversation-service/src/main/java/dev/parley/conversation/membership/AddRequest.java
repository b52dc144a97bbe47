package dev.parley.conversation.membership;

import dev.parley.contracts.event.History;
import dev.parley.contracts.event.MemberRole;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;

/**
 * Body of {@code POST /v1/conversations/{id}/members}: several people, or one.
 *
 * @param history what the newcomers see of what was written before
 * @param role {@code member} when not said
 */
public record AddRequest(
    @Size(min = 1, max = 200, message = "must be 1 to 200")
        List<@NotNull(message = "is null") @Valid Person> members,
    String userId,
    String clientId,
    String phoneNumber,
    History history,
    MemberRole role) {

  /** One to be added; exactly one of the three is there. */
  public record Person(String userId, String clientId, String phoneNumber) {
    /** Without number: fit for logs. */
    @Override
    public String toString() {
      return "Person[]";
    }
  }

  /** Without numbers: fit for logs. */
  @Override
  public String toString() {
    return "AddRequest[history=" + history + ", role=" + role + "]";
  }
}
