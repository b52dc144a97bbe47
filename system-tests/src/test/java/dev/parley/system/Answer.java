package dev.parley.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.parley.contracts.Json;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.util.stream.StreamSupport;

/** What a call was answered. */
record Answer(String call, int status, HttpHeaders headers, String text) {

  static Answer of(HttpResponse<String> response) {
    return new Answer(
        response.request().method() + " " + response.request().uri().getPath(),
        response.statusCode(),
        response.headers(),
        response.body());
  }

  /** The same answer, if its status is that one. */
  Answer is(int expected) {
    assertThat(status).as("%s was answered %s", call, text).isEqualTo(expected);
    return this;
  }

  /** The same answer, if it says that the thing was made or is there. */
  Answer isDone() {
    assertThat(status).as("%s was answered %s", call, text).isIn(200, 201);
    return this;
  }

  /** Whether it says that the thing was made or is there. */
  boolean isMade() {
    return status == 200 || status == 201;
  }

  /** Whether it says that somebody or something the call names is not known. */
  boolean isUnknown() {
    return status == 404 || status == 422 && text.contains("\"unknown_reference\"");
  }

  /** A problem body (RFC 9457) with that status and code, and nothing of how we work inside. */
  Answer isProblem(int expected, String code) {
    is(expected);
    assertThat(header("content-type")).startsWith("application/problem+json");
    assertThat(json().path("code").asText()).isEqualTo(code);
    assertThat(json().path("status").asInt()).isEqualTo(expected);
    assertThat(json().path("type").asText()).isNotEmpty();
    assertThat(json().path("title").asText()).isNotEmpty();
    assertThat(text).doesNotContain("Exception", "dev.parley", "at java.");
    return this;
  }

  JsonNode json() {
    return text == null || text.isBlank()
        ? MissingNode.getInstance()
        : Json.read(text, JsonNode.class);
  }

  String id() {
    return json().path("id").asText();
  }

  /** The texts of one field of all {@code items}. */
  java.util.List<String> items(String field) {
    return StreamSupport.stream(json().path("items").spliterator(), false)
        .map(item -> item.path(field).asText())
        .toList();
  }

  /** What people have said, of a page of messages; what the system says among it is left out. */
  java.util.List<String> said() {
    return StreamSupport.stream(json().path("items").spliterator(), false)
        .filter(item -> item.path("kind").asText().equals("user"))
        .map(item -> item.path("body").asText())
        .toList();
  }

  String header(String name) {
    return headers.firstValue(name).orElse("");
  }
}
