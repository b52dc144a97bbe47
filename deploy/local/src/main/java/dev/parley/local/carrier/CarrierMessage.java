package dev.parley.local.carrier;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A text as the carrier keeps it, in either direction. */
final class CarrierMessage {
  private final String account;
  private final String sid;
  private final boolean inbound;
  private final String from;
  private final String to;
  private final String body;
  private final List<String> media;
  private final String callback;
  private final Instant at;
  private final List<Map<String, Object>> callbacks = new ArrayList<>();
  private String status;
  private Integer errorCode;
  private Instant updated;

  private CarrierMessage(
      String account,
      String sid,
      boolean inbound,
      String from,
      String to,
      String body,
      List<String> media,
      String callback,
      Instant at) {
    this.account = account;
    this.sid = sid;
    this.inbound = inbound;
    this.from = from;
    this.to = to;
    this.body = body;
    this.media = media;
    this.callback = callback;
    this.at = at;
    this.updated = at;
    this.status = inbound ? "received" : "queued";
  }

  static CarrierMessage outbound(
      String account,
      String sid,
      String from,
      String to,
      String body,
      List<String> media,
      String callback,
      Instant at) {
    return new CarrierMessage(account, sid, false, from, to, body, media, callback, at);
  }

  static CarrierMessage inbound(
      String account,
      String sid,
      String from,
      String to,
      String body,
      List<String> media,
      Instant at) {
    return new CarrierMessage(account, sid, true, from, to, body, media, null, at);
  }

  String sid() {
    return sid;
  }

  boolean isInbound() {
    return inbound;
  }

  String from() {
    return from;
  }

  String to() {
    return to;
  }

  String body() {
    return body;
  }

  List<String> media() {
    return media;
  }

  String callback() {
    return callback;
  }

  Instant at() {
    return at;
  }

  synchronized void becomes(String next, Integer error, Instant when) {
    status = next;
    errorCode = error;
    updated = when;
  }

  /** What an attempt to tell a status came to: the HTTP status, or 0 if nobody answered. */
  synchronized void told(String what, int answer) {
    callbacks.add(Map.of("status", what, "answer", answer));
  }

  /** The resource as Twilio's API represents it. */
  synchronized Map<String, Object> resource() {
    String uri = "/2010-04-01/Accounts/" + account + "/Messages/" + sid;
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("account_sid", account);
    fields.put("api_version", "2010-04-01");
    fields.put("body", body);
    fields.put("date_created", stamp(at));
    fields.put("date_sent", status.equals("queued") ? null : stamp(updated));
    fields.put("date_updated", stamp(updated));
    fields.put("direction", inbound ? "inbound" : "outbound-api");
    fields.put("error_code", errorCode);
    fields.put("error_message", errorCode == null ? null : Failure.text(errorCode));
    fields.put("from", from);
    fields.put("messaging_service_sid", null);
    fields.put("num_media", Integer.toString(media.size()));
    fields.put("num_segments", Integer.toString(Segments.of(body)));
    fields.put("price", null);
    fields.put("price_unit", "USD");
    fields.put("sid", sid);
    fields.put("status", status);
    fields.put("subresource_uris", Map.of("media", uri + "/Media.json"));
    fields.put("to", to);
    fields.put("uri", uri + ".json");
    return fields;
  }

  /** The view of the control side. */
  synchronized Map<String, Object> overview() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("sid", sid);
    fields.put("from", from);
    fields.put("to", to);
    fields.put("body", body);
    fields.put("media", media);
    fields.put("segments", Segments.of(body));
    fields.put("status", status);
    if (errorCode != null) {
      fields.put("errorCode", errorCode);
    }
    if (callback != null) {
      fields.put("statusCallback", callback);
    }
    fields.put("at", at.toString());
    fields.put("callbacks", List.copyOf(callbacks));
    return fields;
  }

  private static String stamp(Instant instant) {
    return DateTimeFormatter.RFC_1123_DATE_TIME
        .format(instant.atOffset(ZoneOffset.UTC))
        .replace("GMT", "+0000");
  }
}
