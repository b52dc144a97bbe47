package dev.parley.local.carrier;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parley.local.web.Reply;
import dev.parley.local.web.Request;
import dev.parley.local.web.Web;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/**
 * The carrier's HTTP server: Twilio's API below {@code /2010-04-01}, and the control side:
 *
 * <ul>
 *   <li>{@code POST /simulator/inbound {from, to, body, media?, sid?, signature?}}: somebody texts
 *       us. Calls the customer's webhook and answers with its status, in the body with what it
 *       said; 502 if nobody answered. The same {@code sid} again is the same text told again.
 *   <li>{@code GET /simulator/outbox?to=&from=}: what we sent, oldest first.
 *   <li>{@code POST /simulator/behaviour {to, fail?, delayMs?, callbackDelayMs?, dropCallbacks?,
 *       duplicateCallbacks?}}: from now on for that number ({@code *}: any other); only {@code to}
 *       means as usual again. See {@link Behaviour}.
 *   <li>{@code POST /simulator/webhook {base}}: where the customer is.
 * </ul>
 */
public final class CarrierSimulator implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int TIMER_THREADS = 2;
  private static final String ANY = "*";

  private final Account account;
  private final Clock clock;
  private final Archive archive = new Archive();
  private final Map<String, Behaviour> behaviours = new ConcurrentHashMap<>();
  private final ScheduledExecutorService timer;
  private final Webhooks webhooks;
  private final MessageApi api;
  private final Web web;
  private volatile String base;

  private CarrierSimulator(int port, Account account, String base, Clock clock) throws IOException {
    this.account = account;
    this.base = base;
    this.clock = clock;
    timer =
        Executors.newScheduledThreadPool(
            TIMER_THREADS,
            work -> {
              Thread thread = new Thread(work, "carrier");
              thread.setDaemon(true);
              return thread;
            });
    webhooks = new Webhooks(account.token(), timer);
    api =
        new MessageApi(
            account,
            archive,
            this::behaviour,
            new Deliveries(account, webhooks, timer, clock),
            clock);
    web = Web.serve(port, this::answer);
  }

  /**
   * @param base where the customer's webhooks are, as the outside sees them: scheme, host, port
   */
  public static CarrierSimulator start(int port, Account account, String base, Clock clock)
      throws IOException {
    return new CarrierSimulator(port, account, base, clock);
  }

  @Override
  public void close() {
    web.close();
    timer.shutdownNow();
  }

  private Behaviour behaviour(String to) {
    return behaviours.getOrDefault(to, behaviours.getOrDefault(ANY, Behaviour.USUAL));
  }

  private Reply answer(Request request) {
    if (request.path().startsWith("/2010-04-01/")) {
      return api.answer(request);
    }
    try {
      return switch (request.method() + " " + request.path()) {
        case "POST /simulator/inbound" -> inbound(JSON.readTree(request.body()));
        case "GET /simulator/outbox" -> outbox(request);
        case "POST /simulator/behaviour" -> behave(JSON.readTree(request.body()));
        case "POST /simulator/webhook" -> move(JSON.readTree(request.body()));
        default -> Reply.json(404, Map.of("error", "not found"));
      };
    } catch (JsonProcessingException e) {
      return Reply.json(400, Map.of("error", "not JSON"));
    } catch (IOException e) {
      return Reply.json(400, Map.of("error", "cannot be read"));
    }
  }

  private Reply inbound(JsonNode body) {
    if (body.path("from").asText("").isEmpty() || body.path("to").asText("").isEmpty()) {
      return Reply.json(400, Map.of("error", "from and to are required"));
    }
    List<String> media = new ArrayList<>();
    List<String> types = new ArrayList<>();
    for (JsonNode item : body.path("media")) {
      media.add(item.isTextual() ? item.asText() : item.path("url").asText());
      types.add(item.path("contentType").asText("image/jpeg"));
    }
    CarrierMessage message =
        CarrierMessage.inbound(
            account.sid(),
            body.path("sid").asText(archive.nextSid()),
            body.path("from").asText(),
            body.path("to").asText(),
            body.path("body").asText(""),
            media,
            clock.instant());
    archive.add(message);
    Map<String, Object> told = new LinkedHashMap<>();
    told.put("sid", message.sid());
    String url = base + "/webhooks/twilio/messages";
    try {
      Map<String, List<String>> form = form(message, types);
      HttpResponse<String> answer =
          (body.has("signature")
                  ? webhooks.call(url, form, body.path("signature").asText())
                  : webhooks.call(url, form))
              .join();
      told.put("status", answer.statusCode());
      told.put("body", answer.body());
      return Reply.json(answer.statusCode(), told);
    } catch (CompletionException e) {
      told.put("status", 0);
      told.put("error", "no answer from " + url);
      return Reply.json(502, told);
    }
  }

  private Map<String, List<String>> form(CarrierMessage message, List<String> types) {
    Map<String, List<String>> form = new LinkedHashMap<>();
    form.put("ToCountry", List.of("US"));
    form.put("SmsMessageSid", List.of(message.sid()));
    form.put("NumMedia", List.of(Integer.toString(message.media().size())));
    form.put("SmsSid", List.of(message.sid()));
    form.put("SmsStatus", List.of("received"));
    form.put("Body", List.of(message.body()));
    form.put("To", List.of(message.to()));
    form.put("NumSegments", List.of(Integer.toString(Segments.of(message.body()))));
    form.put("MessageSid", List.of(message.sid()));
    form.put("AccountSid", List.of(account.sid()));
    form.put("From", List.of(message.from()));
    form.put("ApiVersion", List.of("2010-04-01"));
    for (int i = 0; i < message.media().size(); i++) {
      form.put("MediaUrl" + i, List.of(message.media().get(i)));
      form.put("MediaContentType" + i, List.of(types.get(i)));
    }
    return form;
  }

  private Reply outbox(Request request) {
    String to = number(request.parameter("to"));
    String from = number(request.parameter("from"));
    List<CarrierMessage> found =
        archive.newestFirst(
            message ->
                !message.isInbound()
                    && (to == null || message.to().equals(to))
                    && (from == null || message.from().equals(from)));
    Collections.reverse(found);
    return Reply.json(200, Map.of("items", found.stream().map(CarrierMessage::overview).toList()));
  }

  /** A plus sign that was not encoded arrives as a space. */
  private static String number(String text) {
    return text == null || text.startsWith("+") ? text : "+" + text.strip();
  }

  private Reply behave(JsonNode body) {
    String to = body.path("to").asText(ANY);
    if (body.size() <= 1) {
      behaviours.remove(to);
    } else {
      behaviours.put(to, Behaviour.of(body));
    }
    return new Reply(204, Map.of(), new byte[0]);
  }

  private Reply move(JsonNode body) {
    base = body.path("base").asText(base);
    return Reply.json(200, Map.of("base", base));
  }
}
