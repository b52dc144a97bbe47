package dev.parley.sms.provider.twilio;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class SimulatorAccountTest {
  @Test
  void theTokenThatIsRefusedInProductionIsTheOneOfTheProperties() throws IOException {
    Properties properties = new Properties();
    try (Reader reader =
        Files.newBufferedReader(Path.of("src/main/resources/application.properties"))) {
      properties.load(reader);
    }

    assertThat(properties)
        .containsEntry("parley.sms.twilio.auth-token", SimulatorAccount.AUTH_TOKEN);
  }
}
