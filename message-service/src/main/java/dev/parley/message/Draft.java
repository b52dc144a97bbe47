package dev.parley.message;

import dev.parley.chassis.caller.Caller;
import dev.parley.contracts.Actor;
import dev.parley.contracts.EventType;
import dev.parley.contracts.Json;
import dev.parley.contracts.event.Attachment;
import dev.parley.contracts.event.Message;
import java.util.List;
import java.util.UUID;

/**
 * A message that is ready to be placed: everything but {@code seq} and {@code rev}, which are known
 * only under the conversation's lock. It is serialised here, once, for event and answer; the
 * statement that stores it puts the two numbers into the text.
 */
public final class Draft {
  private final String tenant;
  private final Actor actor;
  private final Message message;
  private final byte[] fingerprint;
  private final boolean attended;
  private final boolean byClock;
  private final String open;

  private Draft(
      String tenant,
      Actor actor,
      Message message,
      byte[] fingerprint,
      boolean attended,
      boolean byClock) {
    this.tenant = tenant;
    this.actor = actor;
    this.message = message;
    this.fingerprint = fingerprint;
    this.attended = attended;
    this.byClock = byClock;
    String text = Json.text(message);
    this.open = text.substring(0, text.length() - 1);
  }

  /**
   * A caller's message.
   *
   * @param fingerprint tells a repeated send from another one under the same clientMsgId
   */
  public static Draft by(Caller caller, Message message, byte[] fingerprint) {
    return new Draft(
        caller.tenant(),
        caller.actor(),
        message,
        fingerprint,
        caller.impersonator() == null,
        false);
  }

  /** A message from outside; its id alone tells a repeat. */
  public static Draft from(String tenant, Actor actor, Message message) {
    return new Draft(tenant, actor, message, null, true, false);
  }

  /** The same, sent by the clock: its author is not there, reads nothing and writes nothing. */
  public Draft unattended() {
    return new Draft(tenant, actor, message, fingerprint, false, true);
  }

  /** The same message with these files. */
  public Draft with(List<Attachment> attachments) {
    return new Draft(tenant, actor, message.with(attachments), fingerprint, attended, byClock);
  }

  public Message message() {
    return message;
  }

  /** Whether its author themselves is in the conversation as they send it. */
  boolean isAttended() {
    return attended;
  }

  /** Whether nobody is there who waits for it. */
  public boolean isByClock() {
    return byClock;
  }

  String tenant() {
    return tenant;
  }

  /** Tells a repeated send from another one; null for what comes from outside. */
  public byte[] fingerprint() {
    return fingerprint;
  }

  /** The message as REST gives it, at its place. */
  public String placed(long seq, long rev) {
    return open + ",\"seq\":" + seq + ",\"rev\":" + rev + "}";
  }

  /**
   * The event's text up to {@code "seq":}; what follows is the number, {@code "rev":} with its own,
   * and {@code "conversationType":"} with the type.
   */
  String beforeSeq(UUID eventId) {
    return "{\"id\":\""
        + eventId
        + "\",\"type\":\""
        + EventType.MESSAGE_CREATED
        + "\",\"version\":1,\"tenant\":"
        + Json.text(tenant)
        + ",\"conversationId\":\""
        + message.conversationId()
        + "\",\"seq\":";
  }

  /** The event's text behind the conversation's type, up to the message's own {@code "seq":}. */
  String afterType() {
    return "\",\"actor\":"
        + Json.text(actor)
        + ",\"at\":\""
        + Json.time(message.at())
        + "\",\"data\":"
        + open
        + ",\"seq\":";
  }
}
