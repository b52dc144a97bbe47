package dev.parley.chassis.admission;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.chassis.ProbeTest;
import dev.parley.chassis.Tokens;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

@QuarkusTest
class AdmissionTest extends ProbeTest {
  @Test
  void moreThan400AtOnceAreRefusedAndTheNodeGoesOn() {
    HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    HttpRequest slow =
        HttpRequest.newBuilder(
                URI.create("http://localhost:" + RestAssured.port + "/v1/probes/slow?ms=3000"))
            .header("Authorization", "Bearer " + Tokens.user(tenant, "ana"))
            .timeout(Duration.ofSeconds(30))
            .build();
    List<CompletableFuture<HttpResponse<String>>> calls = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      calls.add(client.sendAsync(slow, BodyHandlers.ofString()));
    }
    List<HttpResponse<String>> answers = calls.stream().map(CompletableFuture::join).toList();

    List<HttpResponse<String>> refused =
        answers.stream().filter(answer -> answer.statusCode() == 503).toList();
    assertThat(answers).extracting(HttpResponse::statusCode).containsOnly(200, 503);
    assertThat(refused).hasSizeBetween(1, 100);
    assertThat(refused.get(0).headers().firstValue("Retry-After")).contains("1");
    assertThat(refused.get(0).headers().firstValue("Content-Type"))
        .contains("application/problem+json");
    assertThat(refused.get(0).body()).contains("\"code\":\"unavailable\"");
    asUser().get("/v1/probes/me").then().statusCode(200);
  }
}
