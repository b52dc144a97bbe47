package dev.parley.local.backend;

import dev.parley.contracts.Topic;
import dev.parley.contracts.Topics;
import dev.parley.local.process.Command;
import dev.parley.local.process.Layout;
import dev.parley.local.process.ManagedProcess;
import dev.parley.local.process.Ports;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import kafka.tools.StorageTool;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.config.TopicConfig;

/**
 * Kafka, one broker that is its own controller (KRaft), replication 1, loopback only. Topics are
 * those of {@link Topics}, made at each start if they are missing; nothing is created on the fly. A
 * start after a kill recovers its logs by itself.
 *
 * <p>Limit: like any broker with one replica it acknowledges before its disk does. The system does
 * not rely on it: an event leaves the outbox for good only after the broker has it, and what the
 * page cache holds survives the death of the process.
 */
public final class Kafka extends ManagedProcess implements BackEnd {
  private static final int NODE = 1;

  private final Path folder;
  private final Path log;
  private final int port;
  private final int controllerPort;
  private final Lifetime lifetime;

  public Kafka(Path folder, Path log, int port, int controllerPort, Lifetime lifetime) {
    super("kafka", Duration.ofSeconds(90));
    this.folder = folder;
    this.log = log;
    this.port = port;
    this.controllerPort = controllerPort;
    this.lifetime = lifetime;
  }

  @Override
  protected Command prepare() throws IOException {
    Path data = folder.resolve("data");
    Files.createDirectories(data);
    Path settings = Files.writeString(folder.resolve("server.properties"), settings(data));
    if (!Files.exists(data.resolve("meta.properties"))) {
      format(settings);
    }
    return Command.of(name(), words(settings), folder, log);
  }

  private List<String> words(Path settings) {
    List<String> words =
        new ArrayList<>(List.of(Layout.java(), "-Xmx384m", "-XX:+UseSerialGC", "-Xss512k"));
    words.addAll(lifetime.flags());
    words.addAll(List.of("-cp", Layout.classPath(), "kafka.Kafka", settings.toString()));
    return words;
  }

  private String settings(Path data) {
    return """
        process.roles=broker,controller
        node.id=%d
        controller.quorum.bootstrap.servers=127.0.0.1:%d
        listeners=PLAINTEXT://127.0.0.1:%d,CONTROLLER://127.0.0.1:%d
        advertised.listeners=PLAINTEXT://127.0.0.1:%d,CONTROLLER://127.0.0.1:%d
        controller.listener.names=CONTROLLER
        inter.broker.listener.name=PLAINTEXT
        log.dirs=%s
        auto.create.topics.enable=false
        num.partitions=%d
        broker.heartbeat.interval.ms=1000
        broker.session.timeout.ms=6000
        num.network.threads=2
        num.io.threads=2
        background.threads=2
        num.recovery.threads.per.data.dir=1
        log.cleaner.dedupe.buffer.size=8388608
        group.initial.rebalance.delay.ms=0
        offsets.topic.num.partitions=4
        offsets.topic.replication.factor=1
        transaction.state.log.num.partitions=1
        transaction.state.log.replication.factor=1
        transaction.state.log.min.isr=1
        share.coordinator.state.topic.num.partitions=1
        share.coordinator.state.topic.replication.factor=1
        share.coordinator.state.topic.min.isr=1
        """
        .formatted(
            NODE,
            controllerPort,
            port,
            controllerPort,
            port,
            controllerPort,
            data,
            Topics.LOCAL_PARTITIONS);
  }

  private static void format(Path settings) {
    ByteArrayOutputStream told = new ByteArrayOutputStream();
    int code =
        StorageTool.execute(
            new String[] {
              "format",
              "--standalone",
              "--cluster-id",
              Uuid.randomUuid().toString(),
              "--config",
              settings.toString()
            },
            new PrintStream(told, true, StandardCharsets.UTF_8));
    if (code != 0) {
      throw new IllegalStateException(
          "Kafka's storage could not be formatted: " + told.toString(StandardCharsets.UTF_8));
    }
  }

  @Override
  protected void afterStart() throws Exception {
    try (Admin admin = admin(Duration.ofSeconds(30))) {
      Set<String> there = admin.listTopics().names().get(30, TimeUnit.SECONDS);
      List<NewTopic> missing =
          Topics.all().stream()
              .filter(topic -> !there.contains(topic.name()))
              .map(Kafka::described)
              .toList();
      admin.createTopics(missing).all().get(30, TimeUnit.SECONDS);
    }
  }

  private static NewTopic described(Topic topic) {
    Map<String, String> settings = new HashMap<>();
    if (topic.compacted()) {
      settings.put(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT);
    } else {
      settings.put(TopicConfig.RETENTION_MS_CONFIG, Long.toString(topic.retention().toMillis()));
    }
    return new NewTopic(topic.name(), Topics.LOCAL_PARTITIONS, (short) 1).configs(settings);
  }

  private Admin admin(Duration limit) {
    return Admin.create(
        Map.of(
            AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
            "127.0.0.1:" + port,
            AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
            Integer.toString((int) limit.toMillis()),
            AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
            Integer.toString((int) limit.toMillis())));
  }

  @Override
  public boolean isReady() {
    if (!isAlive() || !Ports.answers(port)) {
      return false;
    }
    try (Admin admin = admin(Duration.ofSeconds(2))) {
      return !admin.describeCluster().nodes().get(2, TimeUnit.SECONDS).isEmpty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } catch (ExecutionException | TimeoutException e) {
      return false;
    }
  }

  @Override
  public Map<String, String> endpoints() {
    return Map.of("KAFKA", "127.0.0.1:" + port);
  }
}
