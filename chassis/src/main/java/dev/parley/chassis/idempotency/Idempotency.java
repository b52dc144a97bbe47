package dev.parley.chassis.idempotency;

import dev.parley.chassis.caller.Caller;
import dev.parley.chassis.problem.Code;
import dev.parley.chassis.problem.Problem;
import dev.parley.chassis.tx.Tx;
import dev.parley.chassis.tx.Work;
import dev.parley.contracts.Json;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * {@code Idempotency-Key} for requests that create (api.md, Conventions): the answer is stored in
 * the transaction that creates, for 7 days, per caller. The same key with the same request gets the
 * same answer again; with another request it is 409 {@code idempotency_key_reused}. Of many at once
 * one creates and the others wait for its answer.
 */
@ApplicationScoped
public class Idempotency {
  static final String HEADER = "Idempotency-Key";
  static final String FORM = "must be 1 to 128 printable ASCII characters";

  private static final Pattern KEY = Pattern.compile("[\\x21-\\x7e]{1,128}");
  private static final String LOCK = "select pg_advisory_xact_lock(hashtextextended($1, 0))";
  private static final String FIND =
      """
      select request, status, response from idempotency_key
      where tenant = $1 and caller = $2 and key = $3
        and created_at > clock_timestamp() - interval '7 days'
      """;
  private static final String STORE =
      """
      insert into idempotency_key (tenant, caller, key, request, status, response)
      values ($1, $2, $3, $4, $5, $6)
      on conflict (tenant, caller, key) do update
      set request = excluded.request, status = excluded.status, response = excluded.response,
          created_at = clock_timestamp()
      """;

  private final Tx tx;

  Idempotency(Tx tx) {
    this.tx = tx;
  }

  /** An answer to be remembered. */
  public record Answer<T>(int status, T body) {}

  /**
   * Creates once per key.
   *
   * @param key the header, or null: then it simply creates
   * @param operation tells requests of different endpoints apart
   * @param request the body as understood
   */
  public <T> Uni<Answer<T>> write(
      Caller caller,
      String key,
      String operation,
      Object request,
      Class<T> type,
      Function<Work, Uni<Answer<T>>> create) {
    if (key == null) {
      return tx.write(create);
    }
    if (!KEY.matcher(key).matches()) {
      throw Problem.invalid(HEADER, FORM);
    }
    byte[] fingerprint = fingerprint(operation, request);
    return tx.write(
        work ->
            lock(work, caller, key)
                .chain(() -> find(work, caller, key))
                .flatMap(
                    stored ->
                        stored == null
                            ? create
                                .apply(work)
                                .call(answer -> store(work, caller, key, fingerprint, answer))
                            : Uni.createFrom().item(repeat(stored, fingerprint, type))));
  }

  /** A client and a user of one id are two; no id has a slash. */
  private static String person(Caller caller) {
    return caller.isClient() ? "client/" + caller.id() : caller.id();
  }

  private static Uni<Void> lock(Work work, Caller caller, String key) {
    String name = caller.tenant() + "\n" + person(caller) + "\n" + key;
    return work.sql().preparedQuery(LOCK).execute(Tuple.of(name)).replaceWithVoid();
  }

  private static Uni<Row> find(Work work, Caller caller, String key) {
    return work.sql()
        .preparedQuery(FIND)
        .execute(Tuple.of(caller.tenant(), person(caller), key))
        .map(rows -> rows.size() == 0 ? null : rows.iterator().next());
  }

  private static <T> Answer<T> repeat(Row stored, byte[] fingerprint, Class<T> type) {
    if (!Arrays.equals(stored.getBuffer("request").getBytes(), fingerprint)) {
      throw Problem.of(Code.IDEMPOTENCY_KEY_REUSED, "The key was used for another request.");
    }
    return new Answer<>(stored.getShort("status"), Json.read(stored.getString("response"), type));
  }

  private static Uni<Void> store(
      Work work, Caller caller, String key, byte[] fingerprint, Answer<?> answer) {
    return work.sql()
        .preparedQuery(STORE)
        .execute(
            Tuple.of(
                caller.tenant(),
                person(caller),
                key,
                Buffer.buffer(fingerprint),
                (short) answer.status(),
                Json.text(answer.body())))
        .replaceWithVoid();
  }

  private static byte[] fingerprint(String operation, Object request) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(operation.getBytes(StandardCharsets.UTF_8));
      return digest.digest(Json.bytes(request));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
