package dev.parley.local.carrier;

import dev.parley.local.web.Reply;
import dev.parley.local.web.Request;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** {@code /2010-04-01/Accounts/{sid}/Messages…}: send, list, look up. */
final class MessageApi {
  private static final Pattern E164 = Pattern.compile("\\+[1-9]\\d{6,14}");
  private static final int LONGEST_BODY = 1600;
  private static final int USUAL_PAGE = 50;
  private static final int LONGEST_PAGE = 1000;

  private final Account account;
  private final Archive archive;
  private final Function<String, Behaviour> behaviours;
  private final Deliveries deliveries;
  private final Clock clock;

  MessageApi(
      Account account,
      Archive archive,
      Function<String, Behaviour> behaviours,
      Deliveries deliveries,
      Clock clock) {
    this.account = account;
    this.archive = archive;
    this.behaviours = behaviours;
    this.deliveries = deliveries;
    this.clock = clock;
  }

  Reply answer(Request request) {
    if (!account.isCalling(request.headers().getFirst("Authorization"))) {
      return Failure.reply(Failure.BAD_CREDENTIALS);
    }
    String messages = "/2010-04-01/Accounts/" + account.sid() + "/Messages";
    if (request.path().equals(messages + ".json")) {
      return switch (request.method()) {
        case "POST" -> send(request.form());
        case "GET" -> list(request);
        default -> Failure.reply(Failure.NOT_FOUND);
      };
    }
    if (request.method().equals("GET") && request.path().startsWith(messages + "/SM")) {
      String sid = request.path().substring(messages.length() + 1).replace(".json", "");
      CarrierMessage message = archive.get(sid);
      return message == null
          ? Failure.reply(Failure.NOT_FOUND)
          : Reply.json(200, message.resource());
    }
    return Failure.reply(Failure.NOT_FOUND);
  }

  private Reply send(Map<String, List<String>> form) {
    String to = first(form, "To");
    String from = first(form, "From");
    String body = first(form, "Body");
    List<String> media = form.getOrDefault("MediaUrl", List.of());
    int refused = refused(to, from, body, media);
    if (refused != 0) {
      return Failure.reply(refused);
    }
    Behaviour behaviour = behaviours.apply(to);
    if (behaviour.mode() == Behaviour.Mode.UNAVAILABLE) {
      return Reply.json(
          503, Map.of("code", 20503, "message", "Service Unavailable", "status", 503));
    }
    if (behaviour.code() != 0 && !Failure.isOfDelivery(behaviour.code())) {
      return Failure.reply(behaviour.code());
    }
    String callback = first(form, "StatusCallback");
    CarrierMessage message =
        CarrierMessage.outbound(
            account.sid(),
            archive.nextSid(),
            from,
            to,
            body,
            media,
            callback.isEmpty() ? null : callback,
            clock.instant());
    archive.add(message);
    Reply reply = Reply.json(201, message.resource());
    deliveries.deliver(message, behaviour);
    pause(behaviour.delayMs());
    return behaviour.mode() == Behaviour.Mode.TIMEOUT ? null : reply;
  }

  private static int refused(String to, String from, String body, List<String> media) {
    if (to.isEmpty()) {
      return Failure.NO_TO;
    }
    if (!E164.matcher(to).matches()) {
      return Failure.BAD_TO;
    }
    if (from.isEmpty()) {
      return Failure.NO_FROM;
    }
    if (!E164.matcher(from).matches()) {
      return Failure.BAD_FROM;
    }
    if (body.isEmpty() && media.isEmpty()) {
      return Failure.NO_BODY;
    }
    return body.codePointCount(0, body.length()) > LONGEST_BODY ? Failure.TOO_LONG : 0;
  }

  private Reply list(Request request) {
    Map<String, List<String>> asked = request.parameters();
    Predicate<CarrierMessage> wanted = message -> true;
    for (String name : asked.keySet()) {
      String value = first(asked, name);
      wanted =
          wanted.and(
              switch (name) {
                case "To" -> message -> message.to().equals(value);
                case "From" -> message -> message.from().equals(value);
                case "DateSent" ->
                    message -> message.at().toString().startsWith(value.substring(0, 10));
                case "DateSent>" -> message -> !message.at().isBefore(instant(value));
                case "DateSent<" -> message -> !message.at().isAfter(instant(value));
                default -> message -> true;
              });
    }
    int size = Math.min(LONGEST_PAGE, number(asked, "PageSize", USUAL_PAGE));
    int page = number(asked, "Page", 0);
    List<CarrierMessage> found = archive.newestFirst(wanted);
    int start = Math.min(found.size(), page * size);
    int end = Math.min(found.size(), start + size);
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("messages", found.subList(start, end).stream().map(CarrierMessage::resource).toList());
    body.put("page", page);
    body.put("page_size", size);
    body.put("start", start);
    body.put("end", Math.max(start, end - 1));
    body.put("uri", uri(request, page, size));
    body.put("first_page_uri", uri(request, 0, size));
    body.put("previous_page_uri", page == 0 ? null : uri(request, page - 1, size));
    body.put("next_page_uri", end < found.size() ? uri(request, page + 1, size) : null);
    return Reply.json(200, body);
  }

  private static String uri(Request request, int page, int size) {
    String rest = request.query().replaceAll("(^|&)Page(Size)?=[^&]*", "");
    return request.path()
        + "?"
        + (rest.isEmpty() ? "" : rest + "&")
        + "PageSize="
        + size
        + "&Page="
        + page;
  }

  /** Twilio's library sends a date or a date and time, both without a zone, meaning UTC. */
  private static Instant instant(String text) {
    String plain = text.endsWith("Z") ? text.substring(0, text.length() - 1) : text;
    return plain.length() <= 10
        ? LocalDate.parse(plain).atStartOfDay().toInstant(ZoneOffset.UTC)
        : LocalDateTime.parse(plain.replace(' ', 'T')).toInstant(ZoneOffset.UTC);
  }

  private static int number(Map<String, List<String>> asked, String name, int otherwise) {
    String text = first(asked, name);
    return text.matches("\\d{1,6}") ? Integer.parseInt(text) : otherwise;
  }

  private static String first(Map<String, List<String>> form, String name) {
    return form.getOrDefault(name, List.of("")).get(0);
  }

  private static void pause(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
