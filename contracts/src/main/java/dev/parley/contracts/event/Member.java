package dev.parley.contracts.event;

import java.time.Instant;
import java.util.UUID;

/**
 * Data of {@code member.*}: one membership. Exactly one of {@code userId}, {@code clientId} and
 * {@code phoneNumber} is there, as {@code kind} says. Adding somebody again makes a new one.
 *
 * @param role absent where the type of conversation has none
 * @param effectiveSeq the conversation's last {@code seq} when it took effect; absent until
 *     message-service has placed it
 * @param visibleFromSeq the first {@code seq} that the member may see; absent until then
 */
public record Member(
    UUID id,
    MemberKind kind,
    String userId,
    String clientId,
    String phoneNumber,
    String displayName,
    String avatarUrl,
    MemberRole role,
    MemberSource source,
    Instant joinedAt,
    Long effectiveSeq,
    Long visibleFromSeq) {

  /** The user id, client id or number, whichever {@code kind} says. */
  public String subjectId() {
    return switch (kind) {
      case USER -> userId;
      case CLIENT -> clientId;
      case PHONE -> phoneNumber;
    };
  }

  /** The same membership at its place in the log. */
  public Member placed(long newEffectiveSeq, long newVisibleFromSeq) {
    return new Member(
        id,
        kind,
        userId,
        clientId,
        phoneNumber,
        displayName,
        avatarUrl,
        role,
        source,
        joinedAt,
        newEffectiveSeq,
        newVisibleFromSeq);
  }

  /** Without name and number: fit for logs. */
  @Override
  public String toString() {
    return "Member[id="
        + id
        + ", kind="
        + kind
        + ", role="
        + role
        + ", source="
        + source
        + ", effectiveSeq="
        + effectiveSeq
        + ", visibleFromSeq="
        + visibleFromSeq
        + "]";
  }
}
