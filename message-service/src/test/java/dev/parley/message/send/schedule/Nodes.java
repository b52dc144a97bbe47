package dev.parley.message.send.schedule;

import dev.parley.chassis.tx.Tx;
import dev.parley.chassis.user.Users;
import dev.parley.message.send.SendMessage;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;

/** Further nodes of the service that look for what is due, by a clock of the test's. */
@ApplicationScoped
class Nodes {
  private static final Duration SOON = Duration.ofSeconds(30);

  private final Vertx vertx;
  private final Tx tx;
  private final ScheduledMessages scheduled;
  private final SendMessage send;
  private final Users users;
  private final ScheduleConfig config;

  Nodes(
      Vertx vertx,
      Tx tx,
      ScheduledMessages scheduled,
      SendMessage send,
      Users users,
      ScheduleConfig config) {
    this.vertx = vertx;
    this.tx = tx;
    this.scheduled = scheduled;
    this.send = send;
    this.users = users;
    this.config = config;
  }

  /** One of them. */
  SendDue node(Clock clock) {
    return node(clock, send);
  }

  /** One turn at that time, and more as long as there is something due. */
  void turn(Instant at) {
    turn(at, send);
  }

  /** The same on a node that sends so. */
  void turn(Instant at, SendMessage how) {
    SendDue node = node(Clock.fixed(at, ZoneOffset.UTC), how);
    Duration next;
    do {
      next = node.turn().await().atMost(SOON);
    } while (next.isZero());
  }

  private SendDue node(Clock clock, SendMessage how) {
    return new SendDue(vertx, tx, scheduled, how, users, config, clock);
  }
}
