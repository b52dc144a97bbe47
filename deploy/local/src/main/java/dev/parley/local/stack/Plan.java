package dev.parley.local.stack;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Names, ports and sizes of the local stack. All ports are of the loopback interface. */
final class Plan {
  static final int ORIGIN = 8080;
  static final int POSTGRES = 15433;
  static final int KAFKA = 19092;
  static final int KAFKA_CONTROLLER = 19093;
  static final int ELASTICSEARCH = 19200;
  static final int ELASTICSEARCH_TRANSPORT = 19300;
  static final int OIDC = 18080;
  static final int S3 = 19000;
  static final int SMTP = 12525;
  static final int MAILBOX = 18025;
  static final int SIMULATOR = 18090;
  static final String ADDRESS = "http://localhost:" + ORIGIN;

  /** The second node of a service listens 10 higher than the first, and so on. */
  private static final int BETWEEN_NODES = 10;

  static final int MOST_NODES = 8;

  static final List<Service> SERVICES =
      List.of(
          new Service("conversation-service", "conversation", 8101, 192, true),
          new Service("message-service", "message", 8102, 256, true),
          new Service("presence-service", "presence", 8103, 512, true),
          new Service("sms-gateway-service", "sms", 8104, 192, false),
          new Service("search-service", "search", 8105, 192, false),
          new Service("notification-service", "notification", 8106, 192, false));

  /**
   * @param port of the first node; its management port is 1000 higher
   * @param busy whether it is on the way of each message
   */
  record Service(String name, String database, int port, int heapMegabytes, boolean busy) {}

  /**
   * @param name {@code message-service}; the second node is {@code message-service-2}
   */
  record Node(Service service, String name, int port) {
    int managementPort() {
      return port + 1000;
    }
  }

  private final Map<Service, Integer> counts = new LinkedHashMap<>();

  /**
   * @param nodes {@code service=count[,service=count…]}, or empty for one of each
   */
  Plan(String nodes) {
    SERVICES.forEach(service -> counts.put(service, 1));
    for (String part : nodes.isEmpty() ? new String[0] : nodes.split(",")) {
      String[] words = part.split("=");
      Service service = service(words[0]);
      if (service == null || words.length != 2 || !words[1].matches("[1-" + MOST_NODES + "]")) {
        throw new IllegalArgumentException(
            "--nodes " + part + ": want SERVICE=1…" + MOST_NODES + " of " + names());
      }
      counts.put(service, Integer.parseInt(words[1]));
    }
  }

  private static Service service(String name) {
    return SERVICES.stream().filter(s -> s.name().equals(name)).findFirst().orElse(null);
  }

  private static List<String> names() {
    return SERVICES.stream().map(Service::name).toList();
  }

  List<Node> nodes() {
    List<Node> nodes = new ArrayList<>();
    counts.forEach((service, count) -> nodes.addAll(nodes(service, count)));
    return nodes;
  }

  private static List<Node> nodes(Service service, int count) {
    List<Node> nodes = new ArrayList<>();
    for (int n = 1; n <= count; n++) {
      nodes.add(
          new Node(
              service,
              n == 1 ? service.name() : service.name() + "-" + n,
              service.port() + BETWEEN_NODES * (n - 1)));
    }
    return nodes;
  }

  /** What the origin is told: {@code service=port,port}. */
  List<String> routes() {
    List<String> routes = new ArrayList<>();
    counts.forEach(
        (service, count) ->
            routes.add(
                service.name()
                    + "="
                    + String.join(
                        ",", nodes(service, count).stream().map(n -> "" + n.port()).toList())));
    return routes;
  }

  /** Every port that must be free, with who wants it. */
  Map<Integer, String> ports() {
    Map<Integer, String> ports = new LinkedHashMap<>();
    ports.put(ORIGIN, "the origin");
    ports.put(POSTGRES, "PostgreSQL");
    ports.put(KAFKA, "Kafka");
    ports.put(KAFKA_CONTROLLER, "Kafka's controller");
    ports.put(ELASTICSEARCH, "Elasticsearch");
    ports.put(ELASTICSEARCH_TRANSPORT, "Elasticsearch's transport");
    ports.put(OIDC, "the OIDC issuer");
    ports.put(S3, "the S3 store");
    ports.put(SMTP, "the mail server");
    ports.put(MAILBOX, "the mailbox");
    ports.put(SIMULATOR, "the carrier simulator");
    for (Node node : nodes()) {
      ports.put(node.port(), node.name());
      ports.put(node.managementPort(), node.name() + "'s management");
    }
    return ports;
  }
}
