package dev.parley.local.stack;

import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code deploy/local/watch}: one device of a user, every frame of its socket on a line of its own.
 * Ends when the socket does, or with Ctrl-C.
 */
public final class Watch {
  private static final Pattern TICKET = Pattern.compile("\"ticket\"\\s*:\\s*\"([^\"]+)");
  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final String USAGE =
      "usage: deploy/local/watch USER [--tenant T] [--cursor CURSOR]";

  private Watch() {}

  public static void main(String[] arguments) throws InterruptedException {
    try {
      int code = watch(List.of(arguments));
      System.err.println("The socket was closed with " + code + ".");
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage());
      System.exit(2);
    } catch (IOException | CompletionException e) {
      System.err.println("No socket at " + Plan.ADDRESS + ": is Parley running? (deploy/local/up)");
    }
    System.exit(1);
  }

  private static int watch(List<String> arguments) throws IOException, InterruptedException {
    if (arguments.isEmpty() || arguments.size() % 2 == 0 || arguments.get(0).startsWith("--")) {
      throw new IllegalArgumentException(USAGE);
    }
    String user = arguments.get(0);
    String tenant = Demo.TENANT;
    String cursor = "";
    for (int i = 1; i < arguments.size(); i += 2) {
      switch (arguments.get(i)) {
        case "--tenant" -> tenant = arguments.get(i + 1);
        case "--cursor" -> cursor = "&cursor=" + encoded(arguments.get(i + 1));
        default -> throw new IllegalArgumentException(USAGE);
      }
    }
    String token = Token.of(Map.of("username", user, "tenant", tenant));
    HttpClient client = HttpClient.newBuilder().connectTimeout(LIMIT).build();
    Printer printer = new Printer(System.out);
    client
        .newWebSocketBuilder()
        .subprotocols("parley.v1")
        .connectTimeout(LIMIT)
        .buildAsync(
            URI.create(
                Plan.ADDRESS.replaceFirst("^http", "ws")
                    + "/v1/realtime?ticket="
                    + encoded(ticket(client, token))
                    + cursor),
            printer)
        .join();
    return printer.closed.join();
  }

  private static String ticket(HttpClient client, String token)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(Plan.ADDRESS + "/v1/realtime/tickets"))
            .timeout(LIMIT)
            .header("Authorization", "Bearer " + token)
            .POST(HttpRequest.BodyPublishers.noBody())
            .build();
    Matcher ticket =
        TICKET.matcher(client.send(request, HttpResponse.BodyHandlers.ofString()).body());
    if (!ticket.find()) {
      throw new IOException("no ticket in the answer");
    }
    return ticket.group(1);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  /** The frames of a text message: itself, or the elements of its array. */
  static List<String> frames(String text) {
    if (!text.startsWith("[")) {
      return List.of(text);
    }
    List<String> frames = new ArrayList<>();
    int depth = 0;
    int begin = 1;
    boolean quoted = false;
    for (int i = 1; i < text.length(); i++) {
      char c = text.charAt(i);
      if (quoted) {
        if (c == '\\') {
          i++;
        } else if (c == '"') {
          quoted = false;
        }
      } else if (c == '"') {
        quoted = true;
      } else if (c == '{' || c == '[') {
        depth++;
      } else if (depth > 0 && (c == '}' || c == ']')) {
        depth--;
      } else if (depth == 0 && (c == ',' || c == ']')) {
        frames.add(text.substring(begin, i).strip());
        begin = i + 1;
      }
    }
    frames.removeIf(String::isEmpty);
    return frames;
  }

  private static final class Printer implements WebSocket.Listener {
    private final CompletableFuture<Integer> closed = new CompletableFuture<>();
    private final StringBuilder text = new StringBuilder();
    private final PrintStream out;

    Printer(PrintStream out) {
      this.out = out;
    }

    @Override
    public CompletionStage<?> onText(WebSocket socket, CharSequence part, boolean last) {
      text.append(part);
      if (last) {
        frames(text.toString()).forEach(out::println);
        out.flush();
        text.setLength(0);
      }
      socket.request(1);
      return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
      closed.complete(code);
      return null;
    }

    @Override
    public void onError(WebSocket socket, Throwable failure) {
      closed.complete(1006);
    }
  }
}
