package dev.parley.presence;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.ObjectReader;
import dev.parley.contracts.Actor;
import dev.parley.contracts.EventType;
import dev.parley.contracts.Json;
import dev.parley.contracts.Recipient;
import dev.parley.contracts.Right;
import dev.parley.contracts.event.ConversationType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

/**
 * Reads an envelope in one pass and builds the frame from it, once for all sockets. Of {@code data}
 * only the extent is found; its bytes go into the frame as they came.
 */
public final class LogReader {
  // What follows them in the envelope is read afterwards.
  private static final ObjectReader RIGHTS = part(Right[].class);
  private static final ObjectReader RECIPIENTS = part(Recipient[].class);

  /** Names that thousands of records in memory share. */
  private static final Names NAMES = new Names();

  /** The pill's event (docs/events.md, "Pills"). */
  private static final String GREETING = "welcome";

  private String type;
  private UUID id;
  private String tenant;
  private UUID conversationId;
  private long seq = -1;
  private long rev;
  private String conversationType;
  private String actorKind;
  private String actorId;
  private byte[] actor;
  private Instant at;
  private List<Right> rights = List.of();
  private List<Recipient> to;
  private OwnParts own;
  private boolean greeting;
  private boolean staffOnly;
  private int dataFrom = -1;
  private int dataTo;

  private LogReader() {}

  private static ObjectReader part(Class<?> type) {
    return Json.mapper().readerFor(type);
  }

  /**
   * The record.
   *
   * @throws UncheckedIOException when the value is no envelope of ours
   */
  public static LogRecord read(int lane, long offset, long publishedAt, byte[] value) {
    LogReader reader = new LogReader();
    try (JsonParser in = Json.mapper().getFactory().createParser(value)) {
      reader.envelope(in, value);
      return reader.record(lane, offset, publishedAt, value);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (IllegalArgumentException | java.time.DateTimeException e) {
      throw new UncheckedIOException(new IOException("not an envelope", e));
    }
  }

  private void envelope(JsonParser in, byte[] value) throws IOException {
    if (in.nextToken() != JsonToken.START_OBJECT) {
      throw new IOException("not an object");
    }
    for (String name = in.nextFieldName(); name != null; name = in.nextFieldName()) {
      JsonToken token = in.nextToken();
      switch (name) {
        case "type" -> type = NAMES.of(in.getText());
        case "id" -> id = UUID.fromString(in.getText());
        case "tenant" -> tenant = NAMES.of(in.getText());
        case "conversationId" -> conversationId = UUID.fromString(in.getText());
        case "seq" -> seq = in.getLongValue();
        case "rev" -> rev = in.getLongValue();
        case "conversationType" -> conversationType = NAMES.of(in.getText());
        case "staffOnly" -> staffOnly = in.getBooleanValue();
        case "at" -> at = Instant.parse(in.getText());
        case "actor" -> actor(in, value);
        case "rights" -> rights = List.of(RIGHTS.<Right[]>readValue(in));
        case "to" -> to = List.of(RECIPIENTS.<Recipient[]>readValue(in));
        case "data" -> {
          if (token != JsonToken.START_OBJECT) {
            throw new IOException("data is no object");
          }
          dataFrom = (int) in.currentTokenLocation().getByteOffset();
          if (to != null && EventType.UNREAD_UPDATED.equals(type)) {
            own = OwnParts.read(in);
          } else if (EventType.MESSAGE_CREATED.equals(type) && seq == 1 && isSystemsForClient()) {
            greeting = isGreeting(in);
          } else {
            in.skipChildren();
          }
          dataTo = (int) in.currentLocation().getByteOffset();
        }
        default -> in.skipChildren();
      }
    }
  }

  /** The actor without who is logged in as them: that is not for sockets. */
  private void actor(JsonParser in, byte[] value) throws IOException {
    int from = (int) in.currentTokenLocation().getByteOffset();
    String name = null;
    boolean impersonated = false;
    for (String field = in.nextFieldName(); field != null; field = in.nextFieldName()) {
      in.nextToken();
      switch (field) {
        case "id" -> actorId = in.getText();
        case "kind" -> actorKind = NAMES.of(in.getText());
        case "name" -> name = in.getText();
        default -> {
          impersonated = true;
          in.skipChildren();
        }
      }
    }
    actor =
        impersonated
            ? Json.bytes(new Actor(actorId, actorKind, name, null))
            : Arrays.copyOfRange(value, from, (int) in.currentLocation().getByteOffset());
  }

  private LogRecord record(int lane, long offset, long publishedAt, byte[] value)
      throws IOException {
    if (type == null || !isPlain(type) || id == null || tenant == null || at == null) {
      throw new IOException("not an envelope");
    }
    if (dataFrom < 0) {
      throw new IOException("no data");
    }
    byte[] head = head().getBytes(StandardCharsets.ISO_8859_1);
    byte[] middle =
        (",\"at\":\"" + Json.time(at) + "\",\"data\":").getBytes(StandardCharsets.ISO_8859_1);
    int actorLength = actor == null ? 0 : actor.length;
    int dataLength = dataTo - dataFrom;
    byte[] frame = new byte[head.length + actorLength + middle.length + dataLength + 1];
    int end = put(head, 0, head.length, frame, 0);
    if (actor != null) {
      end = put(actor, 0, actorLength, frame, end);
    }
    int data = put(middle, 0, middle.length, frame, end);
    put(value, dataFrom, dataLength, frame, data);
    frame[frame.length - 1] = '}';
    return new LogRecord(
        lane,
        offset,
        type,
        tenant,
        conversationId,
        seq,
        rev,
        conversationType,
        actorKind,
        actorId,
        at.toEpochMilli(),
        publishedAt,
        rights,
        audience(data),
        isForClientsAlone(),
        staffOnly,
        frame,
        data);
  }

  /**
   * Made by the system, a client's channel is hidden from staff until its first message of a
   * person; what somebody has made themselves is theirs and their colleagues' at once.
   */
  private boolean isForClientsAlone() {
    return greeting || EventType.CONVERSATION_CREATED.equals(type) && isSystemsForClient();
  }

  private boolean isSystemsForClient() {
    return ConversationType.CLIENT.wire().equals(conversationType)
        && Actor.SYSTEM.kind().equals(actorKind);
  }

  /** Whether the message is the greeting, reading no further than skipping it would. */
  private static boolean isGreeting(JsonParser in) throws IOException {
    boolean found = false;
    for (String name = in.nextFieldName(); name != null; name = in.nextFieldName()) {
      if (in.nextToken() == JsonToken.START_OBJECT && name.equals("system")) {
        for (String part = in.nextFieldName(); part != null; part = in.nextFieldName()) {
          in.nextToken();
          found |= part.equals("event") && GREETING.equals(in.getText());
          in.skipChildren();
        }
      } else {
        in.skipChildren();
      }
    }
    return found;
  }

  private Audience audience(int dataInFrame) {
    if (to == null) {
      return null;
    }
    return own == null ? new Audience(to, null) : own.of(to, dataInFrame - dataFrom);
  }

  private String head() {
    StringBuilder head = new StringBuilder(160);
    head.append("{\"type\":\"").append(type).append("\",\"id\":\"").append(id).append('"');
    if (conversationId != null) {
      head.append(",\"conversationId\":\"").append(conversationId).append('"');
    }
    if (seq >= 0) {
      head.append(",\"seq\":").append(seq);
    }
    return actor == null ? head.toString() : head.append(",\"actor\":").toString();
  }

  private static int put(byte[] from, int start, int length, byte[] to, int at) {
    System.arraycopy(from, start, to, at, length);
    return at + length;
  }

  private static boolean isPlain(String type) {
    for (int i = 0; i < type.length(); i++) {
      char c = type.charAt(i);
      if (!(c >= 'a' && c <= 'z' || c == '.' || c == '_')) {
        return false;
      }
    }
    return true;
  }
}
