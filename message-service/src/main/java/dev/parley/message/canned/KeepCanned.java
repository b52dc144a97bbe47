package dev.parley.message.canned;

import dev.parley.chassis.caller.Caller;
import dev.parley.chassis.caller.Role;
import dev.parley.chassis.idempotency.Idempotency;
import dev.parley.chassis.idempotency.Idempotency.Answer;
import dev.parley.chassis.page.Cursors;
import dev.parley.chassis.page.Page;
import dev.parley.chassis.problem.Code;
import dev.parley.chassis.problem.IfMatch;
import dev.parley.chassis.problem.Problem;
import dev.parley.chassis.tx.Tx;
import dev.parley.chassis.tx.Work;
import dev.parley.contracts.Ids;
import dev.parley.message.Bodies;
import io.smallrye.mutiny.Uni;
import io.vertx.pgclient.PgException;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/**
 * Texts to be used again (product.md §4): each user's own, and the tenant's, which administrators
 * write and every user reads. Variables are kept as written; who writes a message fills them in.
 */
@ApplicationScoped
class KeepCanned {
  private static final UUID NIL = new UUID(0, 0);
  private static final int LONGEST_QUESTION = 200;

  private final Tx tx;
  private final CannedResponses responses;
  private final Idempotency idempotency;
  private final Cursors cursors;

  KeepCanned(Tx tx, CannedResponses responses, Idempotency idempotency, Cursors cursors) {
    this.tx = tx;
    this.responses = responses;
    this.idempotency = idempotency;
    this.cursors = cursors;
  }

  Uni<CannedResponse> create(Caller caller, String key, CannedRequest request) {
    requireStaff(caller);
    requireRight(caller, request.scope());
    Bodies.check(request.body(), false);
    return idempotency
        .write(
            caller,
            key,
            "canned",
            request,
            CannedResponse.class,
            work ->
                responses
                    .insert(work, caller, Ids.next(), request)
                    .map(made -> new Answer<>(201, made.orElseThrow(KeepCanned::taken))))
        .map(Answer::body);
  }

  Uni<Page<CannedResponse>> list(Caller caller, String q, String cursor, Integer asked) {
    requireStaff(caller);
    int limit = Page.limit(asked);
    String question = q == null ? "" : q.strip().toLowerCase(Locale.ROOT);
    if (question.length() > LONGEST_QUESTION) {
      throw Problem.invalid("q", "must be at most " + LONGEST_QUESTION + " characters");
    }
    String scope = Cursors.scope("canned", caller, question);
    String[] after =
        cursor == null
            ? new String[] {"", NIL.toString()}
            : cursors.require(scope, cursor).split("\n");
    return responses
        .page(caller, question, after[0], UUID.fromString(after[1]), limit + 1)
        .map(found -> page(found, limit, scope));
  }

  Uni<CannedResponse> change(Caller caller, String id, String ifMatch, CannedPatch patch) {
    requireStaff(caller);
    Uni<CannedResponse> changed =
        tx.write(
            work ->
                writable(work, caller, id, ifMatch)
                    .flatMap(
                        before -> {
                          String body = patch.body() == null ? before.body() : patch.body();
                          Bodies.check(body, false);
                          String code =
                              patch.shortCode() == null ? before.shortCode() : patch.shortCode();
                          return responses.change(work, caller, before, code, body);
                        })
                    .map(after -> after.orElseThrow(KeepCanned::taken)));
    return changed.onFailure(KeepCanned::isTaken).transform(atOnce -> taken());
  }

  Uni<Void> delete(Caller caller, String id, String ifMatch) {
    requireStaff(caller);
    return tx.write(
        work ->
            writable(work, caller, id, ifMatch)
                .flatMap(response -> responses.delete(work, caller, response.id())));
  }

  private Uni<CannedResponse> writable(
      Work work, Caller caller, String responseId, String ifMatch) {
    UUID id = Ids.parse(responseId);
    if (id == null) {
      throw Problem.notFound();
    }
    return responses
        .lock(work, caller, id)
        .map(
            found -> {
              CannedResponse response = found.orElseThrow(Problem::notFound);
              requireRight(caller, response.scope());
              if (!IfMatch.holds(ifMatch, response.version())) {
                throw Problem.of(Code.VERSION_CONFLICT, "It was changed meanwhile.")
                    .with("current", response);
              }
              return response;
            });
  }

  private Page<CannedResponse> page(List<CannedResponse> found, int limit, String scope) {
    if (found.size() <= limit) {
      return new Page<>(found, null);
    }
    CannedResponse last = found.get(limit - 1);
    String position = last.shortCode().toLowerCase(Locale.ROOT) + "\n" + last.id();
    return new Page<>(found.subList(0, limit), cursors.seal(scope, position));
  }

  private static boolean isTaken(Throwable failure) {
    return failure instanceof PgException pg && "23505".equals(pg.getSqlState());
  }

  private static Problem taken() {
    return Problem.at(Code.NAME_TAKEN, "shortCode", "is taken");
  }

  private static void requireStaff(Caller caller) {
    if (caller.isClient()) {
      throw Problem.of(Code.FORBIDDEN, "Canned responses are staff's.");
    }
  }

  private static void requireRight(Caller caller, CannedScope scope) {
    if (scope == CannedScope.TENANT && !caller.is(Role.ADMIN)) {
      throw Problem.of(Code.FORBIDDEN, "Administrators write the tenant's.");
    }
  }
}
