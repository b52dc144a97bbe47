package dev.parley.sms;

import static io.restassured.RestAssured.given;

import dev.parley.chassis.BackEnds;
import io.restassured.RestAssured;
import io.restassured.response.ValidatableResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The carrier: the simulator's control side, and calls signed as it signs them. */
public final class Carrier {
  private Carrier() {}

  /** Tells the simulator where the webhooks are. */
  static void callsUs() {
    given()
        .contentType("application/json")
        .body(Map.of("base", publicUrl()))
        .post(BackEnds.endpoint("SIMULATOR") + "/simulator/webhook")
        .then()
        .statusCode(200);
  }

  /** What it does from now on with texts to that number; nothing: as usual. */
  public static void behaves(String to, Map<String, ?> how) {
    Map<String, Object> body = new LinkedHashMap<>(how);
    body.put("to", to);
    given()
        .contentType("application/json")
        .body(body)
        .post(BackEnds.endpoint("SIMULATOR") + "/simulator/behaviour")
        .then()
        .statusCode(204);
  }

  /** The bodies of the texts to that number, oldest first. */
  public static List<String> bodiesTo(String to) {
    return outbox(to).extract().path("items.body");
  }

  /** The texts to that number, oldest first. */
  public static ValidatableResponse outbox(String to) {
    return given()
        .queryParam("to", to)
        .get(BackEnds.endpoint("SIMULATOR") + "/simulator/outbox")
        .then()
        .statusCode(200);
  }

  /** Somebody texts us, by the simulator. */
  public static ValidatableResponse inbound(Map<String, ?> text) {
    return given()
        .contentType("application/json")
        .body(text)
        .post(BackEnds.endpoint("SIMULATOR") + "/simulator/inbound")
        .then();
  }

  /** Calls a webhook, signed. */
  public static ValidatableResponse calls(String pathAndQuery, Map<String, String> form) {
    return calls(pathAndQuery, form, sign(publicUrl() + pathAndQuery, form));
  }

  /** Calls a webhook with that signature, or none. */
  public static ValidatableResponse calls(
      String pathAndQuery, Map<String, String> form, String signature) {
    var request =
        given()
            .urlEncodingEnabled(false)
            .contentType("application/x-www-form-urlencoded; charset=UTF-8")
            .body(encoded(form));
    if (signature != null) {
      request.header("X-Twilio-Signature", signature);
    }
    return request.post(publicUrl() + pathAndQuery).then();
  }

  /** Twilio's signature, by its documentation. */
  public static String sign(String url, Map<String, String> form) {
    StringBuilder signed = new StringBuilder(url);
    new TreeMap<>(form).forEach((name, value) -> signed.append(name).append(value));
    try {
      Mac mac = Mac.getInstance("HmacSHA1");
      byte[] key = BackEnds.endpoint("TWILIO_AUTH_TOKEN").getBytes(StandardCharsets.UTF_8);
      mac.init(new SecretKeySpec(key, "HmacSHA1"));
      return Base64.getEncoder()
          .encodeToString(mac.doFinal(signed.toString().getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String encoded(Map<String, String> form) {
    StringBuilder body = new StringBuilder();
    form.forEach(
        (name, value) ->
            body.append(body.isEmpty() ? "" : "&")
                .append(java.net.URLEncoder.encode(name, StandardCharsets.UTF_8))
                .append('=')
                .append(java.net.URLEncoder.encode(value, StandardCharsets.UTF_8)));
    return body.toString();
  }

  private static String publicUrl() {
    return "http://127.0.0.1:" + RestAssured.port;
  }
}
