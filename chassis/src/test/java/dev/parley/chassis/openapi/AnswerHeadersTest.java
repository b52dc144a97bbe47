package dev.parley.chassis.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.Components;
import org.eclipse.microprofile.openapi.models.Operation;
import org.junit.jupiter.api.Test;

class AnswerHeadersTest {
  @Test
  void answersHaveTheHeadersOfTheirStatusAndThoseThatTheyName() {
    Operation change = OASFactory.createOperation().responses(OASFactory.createAPIResponses());
    answer(change, "200", "It, with its `ETag`");
    answer(change, "201", "Made; the ETag is told elsewhere, `Location` here");
    answer(change, "401", "`unauthenticated`");
    answer(change, "404", "`not_found`");
    answer(change, "503", null);
    AnswerHeaders.declare(change);

    assertThat(headers(change, "200")).containsExactlyInAnyOrder("X-Request-Id", "ETag");
    assertThat(headers(change, "201")).containsExactlyInAnyOrder("X-Request-Id", "Location");
    assertThat(headers(change, "401"))
        .containsExactlyInAnyOrder("X-Request-Id", "WWW-Authenticate");
    assertThat(headers(change, "404")).containsExactly("X-Request-Id");
    assertThat(headers(change, "503")).containsExactlyInAnyOrder("X-Request-Id", "Retry-After");
  }

  @Test
  void whatAnswersReferToIsThere() {
    Components components = OASFactory.createComponents();
    AnswerHeaders.define(components);
    Operation change = OASFactory.createOperation().responses(OASFactory.createAPIResponses());
    answer(change, "201", "`ETag`, `Location`, `Content-Disposition`");
    AnswerHeaders.declare(change);

    assertThat(change.getResponses().getAPIResponse("201").getHeaders())
        .hasSize(4)
        .allSatisfy(
            (name, header) -> {
              assertThat(header.getRef()).isEqualTo("#/components/headers/" + name);
              assertThat(components.getHeaders().get(name).getDescription()).isNotBlank();
            });
  }

  private static void answer(Operation operation, String status, String description) {
    operation
        .getResponses()
        .addAPIResponse(status, OASFactory.createAPIResponse().description(description));
  }

  private static Set<String> headers(Operation operation, String status) {
    return operation.getResponses().getAPIResponse(status).getHeaders().keySet();
  }
}
