package dev.parley.local.stack;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** {@code deploy/local/token}: asks the local issuer and prints the access token. */
public final class Token {
  private static final String URL = "http://localhost:" + Plan.OIDC + "/parley/token";
  private static final Pattern ACCESS_TOKEN =
      Pattern.compile("\"access_token\"\\s*:\\s*\"([^\"]+)");
  private static final String USAGE =
      "usage: deploy/local/token USER [--tenant T] [--roles a,b] [--name N] [--email E]"
          + " [--impersonator X] [--assigned-data-only] [--ttl SECONDS]";

  private Token() {}

  public static void main(String[] arguments) {
    try {
      System.out.println(of(form(List.of(arguments))));
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage());
      System.exit(2);
    } catch (ConnectException e) {
      System.err.println("No token from " + URL + ": is Parley running? (deploy/local/up)");
      System.exit(1);
    } catch (IOException e) {
      System.err.println("No token from " + URL + ": " + e.getMessage());
      System.exit(1);
    }
  }

  /** A token for those fields of the issuer's form. */
  static String of(Map<String, String> fields) throws IOException {
    Map<String, String> form = new LinkedHashMap<>();
    form.put("grant_type", "password");
    form.put("client_id", "parley-local");
    form.put("password", "any");
    form.putAll(fields);
    HttpURLConnection connection = (HttpURLConnection) URI.create(URL).toURL().openConnection();
    connection.setDoOutput(true);
    connection
        .getOutputStream()
        .write(
            form.entrySet().stream()
                .map(field -> field.getKey() + "=" + encoded(field.getValue()))
                .collect(Collectors.joining("&"))
                .getBytes(StandardCharsets.UTF_8));
    try (InputStream in = connection.getInputStream()) {
      String answer = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      Matcher token = ACCESS_TOKEN.matcher(answer);
      if (!token.find()) {
        throw new IOException("no access token in the answer");
      }
      return token.group(1);
    }
  }

  static Map<String, String> form(List<String> arguments) {
    if (arguments.isEmpty() || arguments.get(0).startsWith("--")) {
      throw new IllegalArgumentException(USAGE);
    }
    Map<String, String> form = new LinkedHashMap<>();
    form.put("username", arguments.get(0));
    form.put("tenant", Demo.TENANT);
    for (int i = 1; i < arguments.size(); i++) {
      String name = arguments.get(i);
      if (name.equals("--assigned-data-only")) {
        form.put("assigned_data_only", "true");
      } else if (i + 1 < arguments.size()
          && List.of("--tenant", "--roles", "--name", "--email", "--impersonator", "--ttl")
              .contains(name)) {
        form.put(name.substring(2), arguments.get(++i));
      } else {
        throw new IllegalArgumentException(USAGE);
      }
    }
    if (!form.getOrDefault("ttl", "1").matches("\\d{1,9}")) {
      throw new IllegalArgumentException(USAGE);
    }
    return form;
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
