package dev.parley.chassis.tx;

import dev.parley.chassis.caller.Caller;
import dev.parley.chassis.observe.Trail;
import dev.parley.contracts.Envelope;
import dev.parley.contracts.Json;
import dev.parley.contracts.Topic;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * One transaction under way. What is emitted is written to the outbox as the transaction's last
 * statement, that is after every row lock has been taken: per key, the order of the outbox is the
 * order of commits.
 */
public final class Work {
  private final SqlConnection sql;
  private final Trail trail;
  private final List<Emitted> emitted = new ArrayList<>(2);
  private boolean appended;

  Work(SqlConnection sql, Trail trail) {
    this.sql = sql;
    this.trail = trail;
  }

  /** What caused the work; for statements that write outbox rows themselves. */
  public Trail trail() {
    return trail;
  }

  /** The transaction's connection. */
  public SqlConnection sql() {
    return sql;
  }

  /**
   * Publishes the event if and when the transaction commits: at least once, in order per key.
   *
   * <p>The caller must have locked the row of the aggregate that {@code key} names before, or order
   * per key is not guaranteed.
   */
  public void emit(Topic topic, String key, Envelope event) {
    emit(topic, key, event.id(), event.type(), Json.text(event));
  }

  /** As {@link #emit(Topic, String, Envelope)}, for what has no envelope (CRM records). */
  public void emit(Topic topic, String key, UUID id, String type, String payload) {
    emitted.add(new Emitted(topic.name(), key, id, type, payload));
  }

  /**
   * Audits what is done for somebody after their request, if somebody else was logged in as them
   * when it was asked for. What is done within a request is audited by itself.
   *
   * @param call what is done, in the form of a request: method and path
   */
  public Uni<Void> auditFor(Caller author, String call) {
    return author.impersonator() == null
        ? Uni.createFrom().voidItem()
        : ImpersonationAudit.note(this, author, call);
  }

  /** Says that a statement of this work wrote outbox rows itself. */
  public void appended() {
    appended = true;
  }

  boolean isTelling() {
    return appended || !emitted.isEmpty();
  }

  List<Emitted> emitted() {
    return emitted;
  }

  record Emitted(String topic, String key, UUID id, String type, String payload) {}
}
