package dev.parley.chassis.await;

import dev.parley.chassis.problem.Problem;
import dev.parley.contracts.Ids;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * Lets a request wait for a copy that is still on its way: "read your own write" (api.md,
 * Conventions).
 *
 * <p>A waiting request is woken by this node's consumer. When another node's consumer got the
 * record, no one wakes it; so it also looks again at 25, 75, 175, 375 and 775 ms. After one second
 * the last look decides.
 */
@ApplicationScoped
public class Waiter {
  private static final Duration AT_MOST = Duration.ofSeconds(1);
  private static final Duration YOUNG = Duration.ofSeconds(10);
  private static final Duration FIRST_LOOK = Duration.ofMillis(25);

  private final Clock clock;
  private final Map<String, Set<UniEmitter<? super Void>>> waiting = new ConcurrentHashMap<>();

  Waiter(Clock clock) {
    this.clock = clock;
  }

  /** Wakes those who wait for it. Called after the copy's transaction has committed. */
  public void arrived(Object key) {
    Set<UniEmitter<? super Void>> woken = waiting.remove(key.toString());
    if (woken != null) {
      woken.forEach(emitter -> emitter.complete(null));
    }
  }

  /** Wakes those who wait for any of them. */
  public void arrived(Collection<?> keys) {
    if (!waiting.isEmpty()) {
      keys.forEach(this::arrived);
    }
  }

  /**
   * Looks up something that a path names. A UUIDv7 younger than 10 s is waited for up to 1 s, alike
   * whether it is unknown or forbidden; an older one is answered at once.
   *
   * @param lookup empty when there is no such thing or the caller may not see it
   * @return the thing, or the 404 problem
   */
  public <T> Uni<T> visible(UUID id, Supplier<Uni<Optional<T>>> lookup) {
    boolean young = id != null && Ids.timeOf(id).isAfter(clock.instant().minus(YOUNG));
    Uni<Optional<T>> found = young ? await(id, lookup) : lookup.get();
    return found.map(thing -> thing.orElseThrow(Problem::notFound));
  }

  /** Looks up what a body refers to, waiting up to 1 s. */
  public <T> Uni<Optional<T>> await(Object key, Supplier<Uni<Optional<T>>> lookup) {
    return look(key.toString(), lookup, clock.instant().plus(AT_MOST), FIRST_LOOK);
  }

  private <T> Uni<Optional<T>> look(
      String key, Supplier<Uni<Optional<T>>> lookup, Instant until, Duration pause) {
    return lookup
        .get()
        .flatMap(
            found -> {
              Duration left = Duration.between(clock.instant(), until);
              if (found.isPresent() || left.isNegative() || left.isZero()) {
                return Uni.createFrom().item(found);
              }
              Duration wait = pause.compareTo(left) < 0 ? pause : left;
              return woken(key, wait)
                  .flatMap(ignored -> look(key, lookup, until, pause.multipliedBy(2)));
            });
  }

  private Uni<Void> woken(String key, Duration wait) {
    return Uni.createFrom()
        .<Void>emitter(
            emitter -> {
              waiting.compute(
                  key,
                  (k, set) -> {
                    Set<UniEmitter<? super Void>> all =
                        set == null ? ConcurrentHashMap.newKeySet() : set;
                    all.add(emitter);
                    return all;
                  });
              emitter.onTermination(() -> forget(key, emitter));
            })
        .ifNoItem()
        .after(wait)
        .recoverWithItem(() -> null)
        .emitOn(sameContext());
  }

  /** Back to the request's own context, whoever woke it. */
  private static Executor sameContext() {
    Context context = Vertx.currentContext();
    return context == null ? Runnable::run : task -> context.runOnContext(go -> task.run());
  }

  private void forget(String key, UniEmitter<? super Void> emitter) {
    waiting.computeIfPresent(
        key,
        (k, set) -> {
          set.remove(emitter);
          return set.isEmpty() ? null : set;
        });
  }
}
