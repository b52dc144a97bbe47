package dev.parley.contracts;

import dev.parley.contracts.event.Attachment;
import dev.parley.contracts.event.Bookmark;
import dev.parley.contracts.event.Broadcast;
import dev.parley.contracts.event.ChannelRequested;
import dev.parley.contracts.event.Context;
import dev.parley.contracts.event.Conversation;
import dev.parley.contracts.event.Delivery;
import dev.parley.contracts.event.Draft;
import dev.parley.contracts.event.InboundBound;
import dev.parley.contracts.event.Lease;
import dev.parley.contracts.event.LevelUpdated;
import dev.parley.contracts.event.Member;
import dev.parley.contracts.event.MemberRequest;
import dev.parley.contracts.event.Message;
import dev.parley.contracts.event.Pinned;
import dev.parley.contracts.event.PreferencesUpdated;
import dev.parley.contracts.event.PresenceChanged;
import dev.parley.contracts.event.Reacted;
import dev.parley.contracts.event.ReadUpdated;
import dev.parley.contracts.event.ScheduledMessage;
import dev.parley.contracts.event.SessionEnded;
import dev.parley.contracts.event.SmsNumber;
import dev.parley.contracts.event.SmsReceived;
import dev.parley.contracts.event.TenantSettings;
import dev.parley.contracts.event.ThreadUpdated;
import dev.parley.contracts.event.Tombstone;
import dev.parley.contracts.event.Typing;
import dev.parley.contracts.event.UnreadUpdated;
import dev.parley.contracts.event.UserUpdated;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** What the tests of this module go through one by one. */
final class Wires {
  private static final Map<String, Class<?>> BY_PREFIX =
      Map.ofEntries(
          Map.entry("conversation", Conversation.class),
          Map.entry("member", Member.class),
          Map.entry("message", Message.class),
          Map.entry("reaction", Reacted.class),
          Map.entry("pin", Pinned.class),
          Map.entry("bookmark", Bookmark.class),
          Map.entry("delivery", Delivery.class),
          Map.entry("sms", SmsReceived.class),
          Map.entry("number", SmsNumber.class),
          Map.entry("inbound", InboundBound.class),
          Map.entry("presence", PresenceChanged.class),
          Map.entry("typing", Typing.class),
          Map.entry("context", Context.class),
          Map.entry("lease", Lease.class),
          Map.entry("read", ReadUpdated.class),
          Map.entry("thread", ThreadUpdated.class),
          Map.entry("draft", Draft.class),
          Map.entry("attachment", Attachment.class),
          Map.entry("scheduled", ScheduledMessage.class),
          Map.entry("broadcast", Broadcast.class),
          Map.entry("channel", ChannelRequested.class),
          Map.entry("unread", UnreadUpdated.class),
          Map.entry("pill", Message.Pill.class),
          Map.entry("preferences", PreferencesUpdated.class),
          Map.entry("level", LevelUpdated.class),
          Map.entry("user", UserUpdated.class),
          Map.entry("session", SessionEnded.class),
          Map.entry("settings", TenantSettings.class));

  private Wires() {}

  /** Every constant of {@link EventType}. */
  static List<String> types() {
    return Arrays.stream(EventType.class.getDeclaredFields())
        .filter(field -> Modifier.isPublic(field.getModifiers()))
        .map(Wires::constant)
        .toList();
  }

  /** The record of a type's {@code data}. */
  static Class<?> dataOf(String type) {
    if (type.endsWith("_requested")) {
      return MemberRequest.class;
    }
    return type.equals(EventType.MESSAGE_DELETED)
        ? Tombstone.class
        : BY_PREFIX.get(type.substring(0, type.indexOf('.')));
  }

  /** The type's example, as text. */
  static String example(String type) {
    return Schemas.text("examples/" + type + ".v1.json");
  }

  /** A file of the checkout, wherever the tests were started. */
  static Path inCheckout(String path) {
    for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
      if (Files.exists(at.resolve(path))) {
        return at.resolve(path);
      }
    }
    throw new AssertionError("not in the checkout: " + path);
  }

  private static String constant(Field field) {
    try {
      return (String) field.get(null);
    } catch (IllegalAccessException e) {
      throw new AssertionError(e);
    }
  }
}
