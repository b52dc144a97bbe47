package dev.parley.system.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/**
 * What sockets cost that do nothing, do not read, or come back all at once. It fails when something
 * was lost; the figures are for reading.
 */
class SocketsBenchIT {
  @Test
  void idleSlowAndReturningSocketsCostTheOthersLittle() {
    Settings settings = Settings.read();
    try (LocalStack stack = LocalStack.attach(settings.root());
        SocketsBench bench = new SocketsBench(settings, stack)) {
      bench.slowReaders();
      bench.idleSockets();
      bench.allAtOnce();
      System.out.println(bench.markdown());
      assertThat(bench.missing()).isZero();
    }
  }
}
