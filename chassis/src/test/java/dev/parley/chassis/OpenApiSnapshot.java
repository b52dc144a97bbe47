package dev.parley.chassis;

import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.RestAssured;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The API that a service serves is the one that is checked in as {@code openapi.yaml} in its
 * folder, so that every change of it is seen in review; and Swagger UI shows it. Called from a
 * {@code @QuarkusTest}; {@code -Dopenapi.write=true} writes the file instead.
 */
public final class OpenApiSnapshot {
  private OpenApiSnapshot() {}

  /** Compares, or writes. */
  public static void check() {
    RestAssured.get("/swagger-ui/").then().statusCode(200).contentType("text/html");
    String served =
        RestAssured.get("/openapi?format=YAML").then().statusCode(200).extract().asString();
    Path file = Path.of("openapi.yaml").toAbsolutePath();
    try {
      if (Boolean.getBoolean("openapi.write")) {
        Files.writeString(file, served);
      }
      assertThat(file)
          .withFailMessage("no openapi.yaml; run this test with -Dopenapi.write=true")
          .exists();
      assertThat(served)
          .withFailMessage(
              "the served API is not the checked-in openapi.yaml; if the change is meant, run this"
                  + " test with -Dopenapi.write=true and look at the difference")
          .isEqualTo(Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
