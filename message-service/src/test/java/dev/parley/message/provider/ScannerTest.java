package dev.parley.message.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.message.FakeClamd;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ScannerTest {
  @Test
  void aCleanFileAndAnInfectedOneAreToldApart() throws Exception {
    try (FakeClamd clamd = new FakeClamd()) {
      byte[] clean = new byte[200_000];
      assertThat(Scanner.scan(clamd.address(), 5_000, new ByteArrayInputStream(clean))).isEmpty();
      assertThat(clamd.lastSize()).isEqualTo(200_000);
      assertThat(
              Scanner.scan(
                  clamd.address(),
                  5_000,
                  new ByteArrayInputStream(
                      ("xx" + FakeClamd.VIRUS).getBytes(StandardCharsets.US_ASCII))))
          .contains("Test-Virus");
    }
  }

  @Test
  void whatIsNoVerdictIsNone() throws Exception {
    try (FakeClamd clamd = new FakeClamd()) {
      clamd.answer("INSTREAM size limit exceeded. ERROR");
      assertThatThrownBy(() -> scan(clamd)).isInstanceOf(Scanner.TooLargeToScan.class);
      clamd.answer("nonsense");
      assertThatThrownBy(() -> scan(clamd))
          .isInstanceOf(IOException.class)
          .isNotInstanceOf(Scanner.TooLargeToScan.class);
    }
  }

  private static Optional<String> scan(FakeClamd clamd) throws IOException {
    return Scanner.scan(clamd.address(), 5_000, new ByteArrayInputStream(new byte[] {1, 2}));
  }
}
