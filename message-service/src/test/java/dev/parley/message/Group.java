package dev.parley.message;

import static io.restassured.RestAssured.given;

import dev.parley.chassis.Tokens;
import dev.parley.chassis.Wire;
import dev.parley.contracts.Actor;
import dev.parley.contracts.Envelope;
import dev.parley.contracts.EventType;
import dev.parley.contracts.Ids;
import dev.parley.contracts.Right;
import dev.parley.contracts.Topics;
import dev.parley.contracts.event.Conversation;
import dev.parley.contracts.event.ConversationBuilder;
import dev.parley.contracts.event.ConversationState;
import dev.parley.contracts.event.ConversationType;
import dev.parley.contracts.event.History;
import dev.parley.contracts.event.Member;
import dev.parley.contracts.event.MemberKind;
import dev.parley.contracts.event.MemberRequest;
import dev.parley.contracts.event.MemberRole;
import dev.parley.contracts.event.MemberSource;
import dev.parley.contracts.event.Posting;
import dev.parley.contracts.event.RecordRef;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** A conversation as conversation-service tells of it, in a tenant of its own. */
public final class Group {
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final String CLIENT = "client:";
  private static final String PHONE = "+";

  private final String tenant;
  private final UUID id = Ids.next();
  private final ConversationType type;
  private final Posting posting;
  private final Map<String, UUID> memberIds = new HashMap<>();
  private List<RecordRef> records;
  private long version = 1;

  private Group(String tenant, ConversationType type, Posting posting) {
    this.tenant = tenant;
    this.type = type;
    this.posting = posting;
    this.records =
        type == ConversationType.DEAL_ROOM ? List.of(new RecordRef("deal", "d1")) : List.of();
  }

  /** A group; the first member owns it. */
  public static Group of(String... members) {
    return create("t" + Ids.next(), ConversationType.GROUP, Posting.ALL, members);
  }

  /** A conversation of a tenant of its own, of any type; the first member owns it. */
  public static Group of(ConversationType type, String... members) {
    return create("t" + Ids.next(), type, Posting.ALL, members);
  }

  /**
   * A conversation of any type; the first member owns it, {@code client:c} is a client, {@code +1…}
   * a phone. A deal room is of the deal {@code d1}. It stands in the log.
   */
  public static Group create(
      String tenant, ConversationType type, Posting posting, String... members) {
    Group group = announced(tenant, type, posting, members);
    group.log(1);
    return group;
  }

  /** The same, without waiting until it stands in the log. */
  public static Group announced(
      String tenant, ConversationType type, Posting posting, String... members) {
    Group group = new Group(tenant, type, posting);
    List<Right> rights = new java.util.ArrayList<>();
    for (String member : members) {
      UUID memberId = Ids.next();
      group.memberIds.put(member, memberId);
      String role = rights.isEmpty() ? "owner" : "member";
      boolean client = member.startsWith(CLIENT);
      rights.add(
          new Right(
              memberId.toString(),
              client ? "client" : member.startsWith(PHONE) ? "phone" : "user",
              client ? member.substring(CLIENT.length()) : member,
              type.isCustomer() ? null : role,
              "manual",
              true,
              0,
              1));
    }
    group.tell(EventType.CONVERSATION_CREATED, ConversationState.OPEN, rights);
    return group;
  }

  public String tenant() {
    return tenant;
  }

  public ConversationType type() {
    return type;
  }

  public UUID id() {
    return id;
  }

  public String token(String user) {
    return user.startsWith(CLIENT)
        ? Tokens.of(tenant, user.substring(CLIENT.length()), Map.of("roles", "client"))
        : Tokens.user(tenant, user);
  }

  /** A request of that person. */
  public RequestSpecification as(String user) {
    return given().auth().oauth2(token(user)).contentType("application/json");
  }

  /** The id of a message that the person sends. */
  public String said(String user, String body) {
    return send(user, "c" + Ids.next(), body).statusCode(201).extract().path("id");
  }

  /** The id of a note that the person writes. */
  public String noted(String user, String body) {
    return send(
            user, Map.of("clientMsgId", "c" + Ids.next(), "body", body, "visibility", "internal"))
        .statusCode(201)
        .extract()
        .path("id");
  }

  /** The message as the person gets it. */
  public ValidatableResponse message(String user, String messageId) {
    return as(user).get("/v1/messages/" + messageId).then();
  }

  /** Archives it, and waits until message-service knows. */
  public void archive() {
    placed(tell(EventType.CONVERSATION_ARCHIVED, ConversationState.ARCHIVED, null));
  }

  /** Attaches these records and no others, and waits until message-service knows. */
  public void attach(RecordRef... attached) {
    records = List.of(attached);
    placed(tell(EventType.CONVERSATION_UPDATED, ConversationState.OPEN, null));
  }

  /** Closes, opens, archives it. */
  public Envelope tell(String eventType, ConversationState state, List<Right> rights) {
    Conversation data =
        ConversationBuilder.builder()
            .id(id)
            .type(type)
            .name("Group")
            .state(state)
            .posting(posting)
            .createdBy("ana")
            .createdAt(Instant.now())
            .version(version++)
            .memberCount(memberIds.size())
            .recordRefs(records)
            .build();
    Envelope event =
        Envelope.of(eventType, tenant, id, actor(), Instant.now(), data).withRights(rights);
    Wire.publish(Topics.CONVERSATION, event);
    return event;
  }

  /** Asks for a member and waits for its place in the log. */
  public Envelope add(String user, History history) {
    memberIds.put(user, Ids.next());
    return placed(request(EventType.MEMBER_ADD_REQUESTED, user, history));
  }

  /** Asks for a removal and waits for its place in the log. */
  public Envelope remove(String user) {
    return placed(request(EventType.MEMBER_REMOVE_REQUESTED, user, null));
  }

  /** A request as conversation-service publishes it, not yet published. */
  public Envelope request(String eventType, String user, History history) {
    boolean phone = user.startsWith(PHONE);
    boolean client = user.startsWith(CLIENT);
    Member member =
        new Member(
            memberIds.get(user),
            client ? MemberKind.CLIENT : phone ? MemberKind.PHONE : MemberKind.USER,
            phone || client ? null : user,
            client ? user.substring(CLIENT.length()) : null,
            phone ? user : null,
            user,
            null,
            client ? null : MemberRole.MEMBER,
            MemberSource.MANUAL,
            Instant.now(),
            null,
            null);
    return Envelope.of(
        eventType, tenant, id, actor(), Instant.now(), new MemberRequest(member, history));
  }

  /** Something of the conversation that is no state of its own. */
  public Envelope event(String eventType, Object data) {
    return Envelope.of(eventType, tenant, id, actor(), Instant.now(), data);
  }

  /** Publishes and waits until it stands in the log. */
  public Envelope placed(Envelope event) {
    Wire.publish(Topics.CONVERSATION, event);
    return Wire.await(Topics.TIMELINE, 1, SOON, told -> told.id().equals(event.id())).get(0);
  }

  /** The conversation's log as it stands, at least that many records. */
  public List<Envelope> log(int count) {
    return Wire.await(Topics.TIMELINE, count, SOON, told -> id.equals(told.conversationId()));
  }

  public ValidatableResponse send(String user, String clientMsgId, String body) {
    return send(user, Map.of("clientMsgId", clientMsgId, "body", body));
  }

  public ValidatableResponse send(String user, Map<String, ?> request) {
    return given()
        .auth()
        .oauth2(token(user))
        .contentType("application/json")
        .body(request)
        .post("/v1/timelines/" + id + "/messages")
        .then();
  }

  public ValidatableResponse page(String user, Map<String, ?> query) {
    return given()
        .auth()
        .oauth2(token(user))
        .queryParams(query)
        .get("/v1/timelines/" + id + "/messages")
        .then();
  }

  private static Actor actor() {
    return new Actor("ana", "user", "ana", null);
  }
}
