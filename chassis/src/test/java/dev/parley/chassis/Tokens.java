package dev.parley.chassis;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.contracts.Json;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** Access tokens from the real issuer. */
public final class Tokens {
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final Map<Map<String, String>, String> KNOWN = new ConcurrentHashMap<>();

  private Tokens() {}

  /** A token of a staff user named like the id. */
  public static String user(String tenant, String id) {
    return of(tenant, id, Map.of("roles", "user"));
  }

  /** A token of a staff user who is also administrator. */
  public static String admin(String tenant, String id) {
    return of(tenant, id, Map.of("roles", "user,admin"));
  }

  /** A token of a staff user who sees assigned data only. */
  public static String assignedOnly(String tenant, String id) {
    return of(tenant, id, Map.of("roles", "user", "assigned_data_only", "true"));
  }

  /** A token with more form fields: roles, name, email, impersonator, assigned_data_only, ttl. */
  public static String of(String tenant, String id, Map<String, String> more) {
    Map<String, String> form = new LinkedHashMap<>();
    form.put("grant_type", "password");
    form.put("client_id", "parley-local");
    form.put("username", id);
    form.put("password", id);
    form.put("tenant", tenant);
    form.put("name", id);
    form.put("email", id + "@" + tenant + ".example");
    form.putAll(more);
    return KNOWN.computeIfAbsent(form, Tokens::ask);
  }

  private static String ask(Map<String, String> form) {
    String body =
        form.entrySet().stream()
            .map(e -> e.getKey() + "=" + URLEncoder.encode(e.getValue(), StandardCharsets.UTF_8))
            .collect(Collectors.joining("&"));
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(BackEnds.endpoint("TOKEN_URL")))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    try {
      HttpResponse<String> response = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
      JsonNode token = Json.read(response.body(), JsonNode.class).get("access_token");
      if (token == null) {
        throw new IllegalStateException("the issuer answered " + response.statusCode());
      }
      return token.asText();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
