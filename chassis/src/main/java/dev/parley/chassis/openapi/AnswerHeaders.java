package dev.parley.chassis.openapi;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.Components;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;

/**
 * Headers of answers: those that every answer has or every one of its status, and of the others
 * those that its description names in backticks.
 */
final class AnswerHeaders {
  private static final String REQUEST_ID = "X-Request-Id";
  private static final String RETRY_AFTER = "Retry-After";
  private static final String CHALLENGE = "WWW-Authenticate";

  private static final SortedMap<String, String> MEANING =
      new TreeMap<>(
          Map.of(
              REQUEST_ID,
              "The request's id, as it was sent or, if none of 1 to 64 of `A-Za-z0-9._:-` was, made"
                  + " here; logs have it",
              RETRY_AFTER,
              "After how many seconds to try again",
              CHALLENGE,
              "`Bearer`",
              "ETag",
              "The version, quoted; to be sent as `If-Match`",
              "Location",
              "The address of what was made or found",
              "Content-Disposition",
              "`attachment`, with the file's name"));

  private static final Map<String, String> OF_STATUS =
      Map.of("401", CHALLENGE, "429", RETRY_AFTER, "503", RETRY_AFTER);

  private AnswerHeaders() {}

  /** Adds what the answers refer to. */
  static void define(Components components) {
    MEANING.forEach(
        (name, meaning) ->
            components.addHeader(
                name,
                OASFactory.createHeader()
                    .description(meaning)
                    .schema(
                        OASFactory.createSchema()
                            .addType(
                                name.equals(RETRY_AFTER)
                                    ? Schema.SchemaType.INTEGER
                                    : Schema.SchemaType.STRING))));
  }

  /** Names those of each answer. */
  static void declare(Operation operation) {
    operation.getResponses().getAPIResponses().forEach(AnswerHeaders::declare);
  }

  private static void declare(String status, APIResponse answer) {
    MEANING.keySet().stream()
        .filter(
            name ->
                name.equals(REQUEST_ID)
                    || name.equals(OF_STATUS.get(status))
                    || String.valueOf(answer.getDescription()).contains("`" + name + "`"))
        .forEach(
            name ->
                answer.addHeader(
                    name, OASFactory.createHeader().ref("#/components/headers/" + name)));
  }
}
