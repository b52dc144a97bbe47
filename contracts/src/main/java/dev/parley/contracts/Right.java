package dev.parley.contracts;

/**
 * One member's right in a conversation from a place in its log on. Rights travel in {@link
 * Envelope#rights()} of the timeline log and nowhere else, so no message can overtake the right to
 * see it.
 *
 * @param memberId the membership's id
 * @param kind {@code user}, {@code client} or {@code phone}
 * @param id user id, client id or E.164 number
 * @param role {@code owner}, {@code admin} or {@code member}; absent where the type has no roles
 * @param source {@code manual} or {@code derived}
 * @param granted false when the membership has ended
 * @param effectiveSeq the conversation's last {@code seq} when this came to be
 * @param visibleFromSeq the first {@code seq} that the member may see
 */
public record Right(
    String memberId,
    String kind,
    String id,
    String role,
    String source,
    boolean granted,
    long effectiveSeq,
    long visibleFromSeq) {

  /** Without {@code id}, which for {@code phone} is a number: fit for logs. */
  @Override
  public String toString() {
    return "Right[memberId="
        + memberId
        + ", kind="
        + kind
        + ", granted="
        + granted
        + ", effectiveSeq="
        + effectiveSeq
        + ", visibleFromSeq="
        + visibleFromSeq
        + "]";
  }
}
