package dev.parley.conversation;

import dev.parley.contracts.Ids;
import dev.parley.contracts.Right;
import dev.parley.contracts.event.Conversation.Participant;
import dev.parley.contracts.event.Member;
import dev.parley.contracts.event.MemberKind;
import dev.parley.contracts.event.MemberRole;
import dev.parley.contracts.event.MemberSource;
import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import java.util.UUID;

/**
 * One person's membership. Being added again makes a new one.
 *
 * @param effectiveSeq the conversation's last message when it took effect; null until
 *     message-service has placed it
 * @param visibleFromSeq the first message that the member may see; null until then
 */
public record Membership(
    UUID id,
    UUID conversationId,
    MemberKind kind,
    String subjectId,
    String displayName,
    String avatarUrl,
    MemberRole role,
    MemberSource source,
    State state,
    Instant joinedAt,
    Long effectiveSeq,
    Long visibleFromSeq) {

  /** How far a membership is; requested and removing ones have no place in the log yet. */
  public enum State {
    REQUESTED,
    ACTIVE,
    REMOVING,
    ENDED;

    /** As it is stored. */
    String wire() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  /** A member from the first message on, in a conversation that is being created. */
  public static Membership initial(
      UUID conversation,
      MemberKind kind,
      String subject,
      String name,
      MemberRole role,
      MemberSource source,
      Instant at) {
    return new Membership(
        Ids.next(),
        conversation,
        kind,
        subject,
        name,
        null,
        role,
        source,
        State.ACTIVE,
        at,
        0L,
        1L);
  }

  /** Somebody who is to become a member. */
  public static Membership requested(
      UUID conversation,
      MemberKind kind,
      String subject,
      String name,
      MemberRole role,
      Instant at) {
    return new Membership(
        Ids.next(),
        conversation,
        kind,
        subject,
        name,
        null,
        role,
        MemberSource.MANUAL,
        State.REQUESTED,
        at,
        null,
        null);
  }

  /** A user who is to become a member for a reason that lies elsewhere. */
  public static Membership derived(UUID conversation, String user, String name, Instant at) {
    return new Membership(
        Ids.next(),
        conversation,
        MemberKind.USER,
        user,
        name,
        null,
        null,
        MemberSource.DERIVED,
        State.REQUESTED,
        at,
        null,
        null);
  }

  /** Whether it is of that person. */
  public boolean isOf(MemberKind otherKind, String otherId) {
    return kind == otherKind && subjectId.equals(otherId);
  }

  /** The same in another role. */
  public Membership as(MemberRole newRole) {
    return new Membership(
        id,
        conversationId,
        kind,
        subjectId,
        displayName,
        avatarUrl,
        newRole,
        source,
        state,
        joinedAt,
        effectiveSeq,
        visibleFromSeq);
  }

  /** As the API gives it. */
  public Member member() {
    return new Member(
        id,
        kind,
        kind == MemberKind.USER ? subjectId : null,
        kind == MemberKind.CLIENT ? subjectId : null,
        kind == MemberKind.PHONE ? subjectId : null,
        displayName,
        avatarUrl,
        role,
        source,
        joinedAt,
        effectiveSeq,
        visibleFromSeq);
  }

  /** As a request carries it: its place is message-service's to give. */
  public Member unplaced() {
    Member placed = member();
    return new Member(
        id,
        kind,
        placed.userId(),
        placed.clientId(),
        placed.phoneNumber(),
        displayName,
        avatarUrl,
        role,
        source,
        joinedAt,
        null,
        null);
  }

  /** The right of a first member. */
  public Right right() {
    return new Right(
        id.toString(),
        kind.wire(),
        subjectId,
        role == null ? null : role.wire(),
        source.wire(),
        true,
        effectiveSeq,
        visibleFromSeq);
  }

  /** As it stands beside a conversation's title. */
  public Participant participant() {
    boolean phone = kind == MemberKind.PHONE;
    return new Participant(
        kind, phone ? null : subjectId, phone ? subjectId : null, displayName, avatarUrl);
  }

  /** The row's membership; columns as {@link Members} selects them. */
  static Membership of(Row row) {
    String role = row.getString("role");
    return new Membership(
        row.getUUID("id"),
        row.getUUID("conversation_id"),
        MemberKind.of(row.getString("kind")),
        row.getString("subject_id"),
        row.getString("shown_name"),
        row.getString("avatar_url"),
        role == null ? null : MemberRole.of(role),
        MemberSource.of(row.getString("source")),
        State.valueOf(row.getString("state").toUpperCase(java.util.Locale.ROOT)),
        row.getOffsetDateTime("joined_at").toInstant(),
        row.getLong("effective_seq"),
        row.getLong("visible_from_seq"));
  }

  /** Without name and number: fit for logs. */
  @Override
  public String toString() {
    return "Membership[id=" + id + ", kind=" + kind + ", state=" + state + "]";
  }
}
