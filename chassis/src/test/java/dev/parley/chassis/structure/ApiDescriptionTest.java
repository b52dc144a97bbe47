package dev.parley.chassis.structure;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class ApiDescriptionTest {
  private static final String WHOLE =
      """
      paths:
        /v1/goods:
          post:
            operationId: createGood
            summary: Create a good
            security: [{AccessToken: []}]
            parameters:
              - {name: If-Match, in: header, description: The version}
            requestBody:
              content:
                application/json:
                  schema: {$ref: "#/components/schemas/Good"}
                  example: {name: Pen}
            responses:
              "200":
                headers:
                  ETag: {description: The version}
                content:
                  application/json:
                    schema: {$ref: "#/components/schemas/Good"}
                    example: {name: Pen}
              "400":
                content:
                  application/problem+json:
                    schema: {$ref: "#/components/schemas/ProblemBody"}
              "401":
                content:
                  application/problem+json:
                    schema: {$ref: "#/components/schemas/ProblemBody"}
      components:
        schemas:
          Good:
            required: [name]
            properties:
              name: {type: string}
              size: {type: string}
          Size: {type: string, enum: [small, large]}
      """;

  @Test
  void aFullDescriptionPasses() throws IOException {
    assertThat(ApiDescription.violations(yaml(WHOLE))).isEmpty();
  }

  @Test
  void whatIsMissingIsNamed() throws IOException {
    assertLack("operationId: createGood", "", "POST /v1/goods needs an operationId of its own");
    assertLack("summary: Create a good", "", "POST /v1/goods needs a summary");
    assertLack("\"200\"", "\"301\"", "POST /v1/goods needs its 2xx");
    assertLack("description: The version", "", "POST /v1/goods needs a description of If-Match");
    assertLack("ETag", "Etag", "POST /v1/goods needs the ETag of its 200");
    assertLack(
        "{name: Pen}", "{name: text}", "POST /v1/goods request has an example that says nothing");
    assertLack("\"401\"", "\"402\"", "POST /v1/goods needs its 401");
    assertLack("problem+json", "json", "POST /v1/goods needs a problem body for 400");
    assertLack("example: {name: Pen}", "", "POST /v1/goods needs an example of its request");
    assertLack("{name: Pen}", "{nam: Pen}", "POST /v1/goods request has no nam");
    assertLack("{name: Pen}", "{size: xl}", "POST /v1/goods request lacks name");
    assertLack("small", "SMALL", "Size: SMALL is not as on the wire");
  }

  private static void assertLack(String what, String instead, String lack) throws IOException {
    String changed = WHOLE.replaceFirst(java.util.regex.Pattern.quote(what), instead);
    assertThat(ApiDescription.violations(yaml(changed))).contains(lack);
  }

  private static JsonNode yaml(String text) throws IOException {
    return new ObjectMapper(new YAMLFactory()).readTree(text);
  }
}
