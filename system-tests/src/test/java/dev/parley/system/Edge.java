package dev.parley.system;

/**
 * One node of the edge, past the origin: for what must be done to, or asked of, that node. The
 * ports are those of the README's table.
 */
record Edge(int port) {
  private static final int FIRST = 8103;
  private static final int BETWEEN = 10;
  private static final int TO_MANAGEMENT = 1000;

  /** The first or the second node. */
  static Edge node(int number) {
    return new Edge(FIRST + BETWEEN * (number - 1));
  }

  /** Where it answers by REST. */
  String origin() {
    return "http://localhost:" + port;
  }

  /** A new socket of the person, here. */
  Socket connect(Person person, String cursor) {
    return Socket.open(address(person.ticket(), cursor));
  }

  /** Where that ticket opens a socket, here. */
  String address(String ticket, String cursor) {
    return "ws://localhost:" + port + Person.realtime(ticket, cursor);
  }

  /** The present sum of a meter, as Prometheus reads it. */
  double metric(String name) {
    return Rest.text("http://localhost:" + (port + TO_MANAGEMENT) + "/q/metrics")
        .lines()
        .filter(line -> line.startsWith(name + " ") || line.startsWith(name + "{"))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }
}
