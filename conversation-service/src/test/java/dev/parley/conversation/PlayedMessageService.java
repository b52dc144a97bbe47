package dev.parley.conversation;

import dev.parley.chassis.BackEnds;
import dev.parley.chassis.Wire;
import dev.parley.contracts.Actor;
import dev.parley.contracts.Envelope;
import dev.parley.contracts.EventType;
import dev.parley.contracts.Ids;
import dev.parley.contracts.Json;
import dev.parley.contracts.Right;
import dev.parley.contracts.Schemas;
import dev.parley.contracts.Topics;
import dev.parley.contracts.event.AuthorKind;
import dev.parley.contracts.event.History;
import dev.parley.contracts.event.Member;
import dev.parley.contracts.event.MemberRequest;
import dev.parley.contracts.event.Message;
import dev.parley.contracts.event.MessageBuilder;
import dev.parley.contracts.event.MessageKind;
import dev.parley.contracts.event.Visibility;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.LongFunction;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * message-service as this service's tests play it: reads what we tell, holds every event against
 * its schema, and gives each its place in the conversation's log.
 */
public final class PlayedMessageService {
  private static final Map<UUID, Log> LOGS = new HashMap<>();
  private static final List<String> WRONG = new ArrayList<>();
  private static boolean holding;
  private static Thread thread;

  private PlayedMessageService() {}

  private static final class Log {
    private final List<Envelope> told = new ArrayList<>();
    private final List<Envelope> held = new ArrayList<>();
    private final List<Envelope> placed = new ArrayList<>();
    private String tenant;
    private long seq;
    private long rev;
  }

  /** Begins to play; once for all tests. */
  public static synchronized void start() {
    if (thread == null) {
      thread = new Thread(PlayedMessageService::run, "played-message-service");
      thread.setDaemon(true);
      thread.start();
    }
  }

  /** From now on nothing gets a place, until {@link #release()}. */
  public static synchronized void hold() {
    holding = true;
  }

  /** Everything held gets its place, in order. */
  public static synchronized void release() {
    holding = false;
    for (Log log : LOGS.values()) {
      List<Envelope> held = List.copyOf(log.held);
      log.held.clear();
      held.forEach(event -> place(log, event));
    }
  }

  /** What we have told of the conversation so far; every event fits its schema. */
  public static synchronized List<Envelope> told(String conversation) {
    if (!WRONG.isEmpty()) {
      throw new AssertionError(String.join("\n", WRONG));
    }
    Log log = LOGS.get(UUID.fromString(conversation));
    return log == null ? List.of() : List.copyOf(log.told);
  }

  /** What stands in the conversation's log. */
  public static synchronized List<Envelope> placed(String conversation) {
    return List.copyOf(LOGS.get(UUID.fromString(conversation)).placed);
  }

  /** A message in the conversation; its seq. */
  public static synchronized long say(String conversation, String author, String body) {
    Log log = LOGS.get(UUID.fromString(conversation));
    Envelope message = message(log, UUID.fromString(conversation), author, body, Visibility.ALL);
    publish(log, message);
    return log.seq;
  }

  /** A client's message, at that time. */
  public static synchronized void clientSays(String conversation, String client, Instant at) {
    Log log = LOGS.get(UUID.fromString(conversation));
    UUID id = UUID.fromString(conversation);
    publish(log, message(log, id, client, AuthorKind.CLIENT, "Hello?", Visibility.ALL, at));
  }

  /** An internal note in the conversation; its seq. */
  public static synchronized long note(String conversation, String author, String body) {
    Log log = LOGS.get(UUID.fromString(conversation));
    publish(log, message(log, UUID.fromString(conversation), author, body, Visibility.INTERNAL));
    return log.seq;
  }

  /** Something that becomes of the message with that seq, as {@code data} has it at its place. */
  public static synchronized void change(
      String conversation, String type, long seq, LongFunction<Object> data) {
    Log log = LOGS.get(UUID.fromString(conversation));
    log.rev++;
    publish(
        log,
        new Envelope(
            Ids.next(),
            type,
            1,
            log.tenant,
            UUID.fromString(conversation),
            seq,
            null,
            log.rev,
            Actor.SYSTEM,
            Instant.now(),
            null,
            Json.mapper().valueToTree(data.apply(log.rev))));
  }

  /** A pill in the conversation; its seq. */
  public static synchronized long pill(String conversation, Visibility visibility) {
    Log log = LOGS.get(UUID.fromString(conversation));
    log.seq++;
    log.rev++;
    Message message =
        MessageBuilder.builder()
            .id(Ids.next())
            .conversationId(UUID.fromString(conversation))
            .clientMsgId("c" + log.seq)
            .kind(MessageKind.SYSTEM)
            .authorKind(AuthorKind.SYSTEM)
            .authorName("System")
            .body("")
            .visibility(visibility)
            .system(new Message.Pill("conversation_closed", Map.of("by", "ana")))
            .at(Instant.now())
            .version(1)
            .seq(log.seq)
            .rev(log.rev)
            .build();
    publish(log, created(log, message, Actor.SYSTEM));
    return log.seq;
  }

  private static Envelope message(
      Log log, UUID id, String author, String body, Visibility visibility) {
    return message(log, id, author, AuthorKind.USER, body, visibility, Instant.now());
  }

  private static Envelope message(
      Log log,
      UUID id,
      String author,
      AuthorKind kind,
      String body,
      Visibility visibility,
      Instant at) {
    log.seq++;
    log.rev++;
    Message message =
        MessageBuilder.builder()
            .id(Ids.next())
            .conversationId(id)
            .clientMsgId("c" + log.seq)
            .kind(MessageKind.USER)
            .authorId(author)
            .authorKind(kind)
            .authorName(Team.nameOf(author))
            .body(body)
            .visibility(visibility)
            .at(at)
            .version(1)
            .seq(log.seq)
            .rev(log.rev)
            .build();
    return created(log, message, new Actor(author, kind.wire(), author, null));
  }

  private static Envelope created(Log log, Message message, Actor actor) {
    return new Envelope(
        Ids.next(),
        EventType.MESSAGE_CREATED,
        1,
        log.tenant,
        message.conversationId(),
        log.seq,
        null,
        log.rev,
        actor,
        message.at(),
        null,
        Json.mapper().valueToTree(message));
  }

  private static void run() {
    try (KafkaConsumer<String, byte[]> consumer =
        new KafkaConsumer<>(
            Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                BackEnds.endpoint("KAFKA"),
                ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG,
                10),
            new StringDeserializer(),
            new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(Topics.CONVERSATION.name()).stream()
              .map(info -> new TopicPartition(info.topic(), info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      while (true) {
        consumer.poll(Duration.ofMillis(100)).forEach(PlayedMessageService::take);
      }
    }
  }

  private static synchronized void take(ConsumerRecord<String, byte[]> record) {
    try {
      Schemas.validate(record.value());
    } catch (AssertionError e) {
      WRONG.add(e.getMessage());
    }
    Envelope event = Json.read(record.value(), Envelope.class);
    Log log = LOGS.computeIfAbsent(event.conversationId(), id -> new Log());
    log.tenant = event.tenant();
    log.told.add(event);
    if (holding) {
      log.held.add(event);
    } else {
      place(log, event);
    }
  }

  private static void place(Log log, Envelope event) {
    if (EventType.PILL_REQUESTED.equals(event.type())) {
      return;
    }
    log.rev++;
    if (!event.type().startsWith("member.")) {
      publish(log, copy(event, event.type(), null, log.rev, event.rights(), event.data()));
      return;
    }
    MemberRequest request = event.data(MemberRequest.class);
    boolean removed = EventType.MEMBER_REMOVE_REQUESTED.equals(event.type());
    long from = request.history() == History.FROM_NOW ? log.seq + 1 : 1;
    Member member = request.member().placed(log.seq, from);
    Right right =
        new Right(
            member.id().toString(),
            member.kind().wire(),
            member.subjectId(),
            member.role() == null ? null : member.role().wire(),
            member.source().wire(),
            !removed,
            log.seq,
            from);
    String type =
        switch (event.type()) {
          case EventType.MEMBER_ADD_REQUESTED -> EventType.MEMBER_ADDED;
          case EventType.MEMBER_REMOVE_REQUESTED -> EventType.MEMBER_REMOVED;
          default -> EventType.MEMBER_UPDATED;
        };
    publish(
        log,
        copy(event, type, log.seq, log.rev, List.of(right), Json.mapper().valueToTree(member)));
  }

  private static Envelope copy(
      Envelope event,
      String type,
      Long effectiveSeq,
      long rev,
      List<Right> rights,
      com.fasterxml.jackson.databind.JsonNode data) {
    return new Envelope(
        event.id(),
        type,
        1,
        event.tenant(),
        event.conversationId(),
        null,
        effectiveSeq,
        rev,
        event.actor(),
        event.at(),
        rights,
        data);
  }

  private static void publish(Log log, Envelope event) {
    Schemas.validate(Json.bytes(event));
    log.placed.add(event);
    Wire.publish(Topics.TIMELINE, event);
  }
}
