package dev.parley.chassis.problem;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.chassis.ProbeTest;
import dev.parley.contracts.Json;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is no address (RFC 3986) gets no further than others, but as far as a problem body. */
@QuarkusTest
class AddressTest extends ProbeTest {
  @ParameterizedTest
  @CsvSource({"?x=%zz, x", "?y=1&x=%, x", "?x=a|b&y=1, x", "?x=%2, x", "/texts?kind=<b>, kind"})
  void aParameterThatIsNotEncodedIs400NamingIt(String rest, String field) throws IOException {
    ProblemBody body = refused("/v1/probes" + rest);
    assertThat(body.violations()).extracting(Violation::field).containsExactly(field);
  }

  @ParameterizedTest
  @ValueSource(strings = {"?%zz=1", "/%zz", "/%zz?x=1", "/a|b"})
  void elsewhereItIs400NamingTheRequest(String rest) throws IOException {
    ProblemBody body = refused("/v1/probes" + rest);
    assertThat(body.violations()).extracting(Violation::field).containsExactly("$");
    assertThat(body.detail()).contains("percent-encoded");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "?x=%C3%A9%7C"})
  void whatIsEncodedIsTaken(String rest) throws IOException {
    assertThat(answer("/v1/probes" + rest)).startsWith("HTTP/1.1 401 ");
  }

  private static ProblemBody refused(String address) throws IOException {
    String answer = answer(address);
    assertThat(answer)
        .startsWith("HTTP/1.1 400 ")
        .containsIgnoringCase("\r\ncontent-type: application/problem+json\r\n")
        .containsIgnoringCase("\r\nx-request-id: ");
    ProblemBody body =
        Json.read(answer.substring(answer.indexOf("\r\n\r\n") + 4), ProblemBody.class);
    assertThat(List.of(body.code(), body.status())).isEqualTo(List.of("invalid_request", 400));
    return body;
  }

  /** As it is: HTTP clients send no such thing. */
  private static String answer(String address) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", RestAssured.port)) {
      socket.setSoTimeout(30_000);
      socket
          .getOutputStream()
          .write(
              ("GET " + address + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                  .getBytes(StandardCharsets.UTF_8));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
