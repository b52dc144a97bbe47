package dev.parley.chassis.problem;

/**
 * Every error the API answers with (events.md, Codes). The wire form is the name in lower case;
 * {@code docs/errors.md} explains each under that anchor.
 */
public enum Code {
  INVALID_REQUEST(400, "The request is not valid"),
  LIMIT_OUT_OF_RANGE(400, "The limit is out of range"),
  SMS_TOO_LONG(400, "The text is too long for SMS"),
  UNAUTHENTICATED(401, "A valid access token is needed"),
  FORBIDDEN(403, "Not allowed"),
  AMBIGUOUS_PRINCIPAL(403, "The token's roles contradict each other"),
  IMPERSONATION_FORBIDDEN(403, "Not while logged in as somebody else"),
  MESSAGING_DISABLED(403, "Messaging is switched off for this person"),
  NOT_LOGGED_IN(403, "Not logged in to the queue"),
  BAD_SIGNATURE(403, "The signature does not match"),
  NOT_FOUND(404, "Not found"),
  METHOD_NOT_ALLOWED(405, "The method is not allowed here"),
  NOT_ACCEPTABLE(406, "No such representation"),
  VERSION_CONFLICT(409, "Somebody else changed it"),
  LEASE_HELD(409, "Somebody else is editing"),
  CLIENT_MSG_ID_REUSED(409, "The clientMsgId belongs to another message"),
  IDEMPOTENCY_KEY_REUSED(409, "The Idempotency-Key belongs to another request"),
  CONVERSATION_CLOSED(409, "The conversation is closed"),
  CONVERSATION_ARCHIVED(409, "The conversation is archived"),
  NAME_TAKEN(409, "The name is taken"),
  DERIVED_MEMBER(409, "The membership follows from a record"),
  NOT_REMOVABLE(409, "The member cannot be removed"),
  NUMBER_IN_USE(409, "The number is in use"),
  ALREADY_CLAIMED(409, "Already claimed"),
  OVER_CAPACITY(409, "Over capacity"),
  CLAIM_REQUIRED(409, "Claim it first"),
  CLAIM_LOST(409, "The claim is lost"),
  USE_QUEUE_ITEM(409, "Close the queue item instead"),
  RECIPIENT_OPTED_OUT(409, "The recipient opted out"),
  ALREADY_SENT(409, "Already sent"),
  CONFIRM_REQUIRED(409, "Confirmation is needed"),
  TOO_LARGE(413, "Too large"),
  URI_TOO_LONG(414, "The address is too long"),
  UNSUPPORTED_MEDIA_TYPE(415, "The content type is not supported"),
  UNKNOWN_REFERENCE(422, "Something referred to does not exist"),
  DIFFERENT_COMPANIES(422, "The clients belong to different companies"),
  ATTACHMENT_NOT_USABLE(422, "The attachment cannot be used"),
  NO_SMS_NUMBER(422, "There is no number to send from"),
  COUNTRY_NOT_ALLOWED(422, "The country is not allowed"),
  NOT_APPLICABLE(422, "Not applicable here"),
  UPGRADE_REQUIRED(426, "Only WebSockets here"),
  PRECONDITION_REQUIRED(428, "If-Match is needed"),
  RATE_LIMITED(429, "Too many requests"),
  HEADERS_TOO_LARGE(431, "The headers are too large"),
  INTERNAL_ERROR(500, "Something went wrong on our side"),
  UNAVAILABLE(503, "Not available right now");

  private final int status;
  private final String title;

  Code(int status, String title) {
    this.status = status;
    this.title = title;
  }

  /** The HTTP status. */
  public int status() {
    return status;
  }

  /** One constant sentence for people. */
  public String title() {
    return title;
  }

  /** The stable code on the wire: {@code not_found}. */
  public String wire() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }
}
