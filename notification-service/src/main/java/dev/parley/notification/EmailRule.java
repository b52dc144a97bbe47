package dev.parley.notification;

import dev.parley.contracts.event.ConversationType;
import dev.parley.contracts.event.Level;
import dev.parley.contracts.event.MemberKind;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/**
 * The truth table: whether a message is a reason to mail somebody (product.md §9). Asked twice with
 * what is known then: when the message comes, and when the mail is due.
 */
@ApplicationScoped
public class EmailRule {
  private final Level tenantDefault;

  @Inject
  EmailRule(NotificationConfig config) {
    this(Level.of(config.defaultLevel()));
  }

  EmailRule(Level tenantDefault) {
    this.tenantDefault = tenantDefault;
  }

  /** Why not, or {@link #TOLD}. The first that applies, in this order. */
  public enum Verdict {
    NOT_VISIBLE,
    OWN_MESSAGE,
    NOT_FOR_CLIENTS,
    UNREACHABLE,
    MUTED,
    LEVEL,
    MODE,
    PRESENT,
    TOLD
  }

  /**
   * What is known of the message and the person.
   *
   * @param visible whether the person is a member and neither the message nor the root of its
   *     thread is before the first visible one
   * @param own whether the person wrote it
   * @param internal whether it is an internal note
   * @param reachable whether the person is active and has an address
   * @param muted whether the person has muted the conversation until later
   * @param level what the person chose for the conversation, else for its type; null for nothing
   * @param mentioned by name or as one of the channel
   * @param mode what the person chose; null for nothing
   * @param present online (or {@code dnd}) now, or at some time since the message was written
   */
  public record Facts(
      boolean visible,
      boolean own,
      MemberKind kind,
      boolean internal,
      boolean reachable,
      ConversationType type,
      boolean muted,
      Level level,
      boolean mentioned,
      EmailMode mode,
      boolean present) {}

  /** The level of who chose none. */
  public Level defaultLevel(ConversationType type) {
    return isWide(type) ? tenantDefault : Level.ALL;
  }

  /** Whether the type may have so many members that only those who are meant are looked at. */
  public static boolean isWide(ConversationType type) {
    return type == ConversationType.CHANNEL || type == ConversationType.DEAL_ROOM;
  }

  /** The verdict. */
  public Verdict on(Facts facts) {
    Level level = facts.level() == null ? defaultLevel(facts.type()) : facts.level();
    EmailMode mode = facts.mode() == null ? EmailMode.DEFAULT : facts.mode();
    if (!facts.visible() || facts.kind() == MemberKind.PHONE) {
      return Verdict.NOT_VISIBLE;
    }
    if (facts.own()) {
      return Verdict.OWN_MESSAGE;
    }
    if (facts.internal() && facts.kind() == MemberKind.CLIENT) {
      return Verdict.NOT_FOR_CLIENTS;
    }
    if (!facts.reachable()) {
      return Verdict.UNREACHABLE;
    }
    if (facts.muted()) {
      return Verdict.MUTED;
    }
    if (!(level == Level.ALL || level == Level.MENTIONS && facts.mentioned())) {
      return Verdict.LEVEL;
    }
    if (mode == EmailMode.NEVER) {
      return Verdict.MODE;
    }
    return mode == EmailMode.WHEN_INACTIVE && facts.present() ? Verdict.PRESENT : Verdict.TOLD;
  }
}
