package dev.parley.chassis.await;

import dev.parley.chassis.problem.Problem;
import dev.parley.contracts.Ids;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
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

  /** No timer is shorter: what is left below it is over. */
  private static final Duration SHORTEST = Duration.ofMillis(1);

  private final Clock clock;
  private final Map<String, Set<CompletableFuture<Void>>> waiting = new ConcurrentHashMap<>();

  protected Waiter(Clock clock) {
    this.clock = clock;
  }

  /** Wakes those who wait for it. Called after the copy's transaction has committed. */
  public void arrived(Object key) {
    Set<CompletableFuture<Void>> woken = waiting.remove(key.toString());
    if (woken != null) {
      woken.forEach(arrival -> arrival.complete(null));
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
   * @param id null for what is no id at all: not found
   * @param lookup empty when there is no such thing or the caller may not see it
   * @return the thing, or the 404 problem
   */
  public <T> Uni<T> visible(UUID id, Supplier<Uni<Optional<T>>> lookup) {
    if (id == null) {
      return Uni.createFrom().failure(Problem.notFound());
    }
    boolean young = Ids.timeOf(id).isAfter(clock.instant().minus(young()));
    Uni<Optional<T>> found = young ? await(id, lookup) : lookup.get();
    return found.map(thing -> thing.orElseThrow(Problem::notFound));
  }

  /** Younger ids are waited for. */
  protected Duration young() {
    return YOUNG;
  }

  /** Looks up what a body refers to, waiting up to 1 s. */
  public <T> Uni<Optional<T>> await(Object key, Supplier<Uni<Optional<T>>> lookup) {
    return look(key.toString(), lookup, clock.instant().plus(AT_MOST), FIRST_LOOK);
  }

  private <T> Uni<Optional<T>> look(
      String key, Supplier<Uni<Optional<T>>> lookup, Instant until, Duration pause) {
    // Listens before it looks, so that what arrives in between is not missed.
    CompletableFuture<Void> arrival = listen(key);
    return lookup
        .get()
        .onFailure()
        .invoke(() -> forget(key, arrival))
        .onCancellation()
        .invoke(() -> forget(key, arrival))
        .flatMap(
            found -> {
              Duration left = Duration.between(clock.instant(), until);
              if (found.isPresent() || left.compareTo(SHORTEST) < 0) {
                forget(key, arrival);
                return Uni.createFrom().item(found);
              }
              Duration wait = pause.compareTo(left) < 0 ? pause : left;
              return Uni.createFrom()
                  .completionStage(arrival)
                  .ifNoItem()
                  .after(wait)
                  .recoverWithItem(() -> null)
                  .onTermination()
                  .invoke(() -> forget(key, arrival))
                  .emitOn(OwnContext.executor())
                  .flatMap(ignored -> look(key, lookup, until, pause.multipliedBy(2)));
            });
  }

  private CompletableFuture<Void> listen(String key) {
    CompletableFuture<Void> arrival = new CompletableFuture<>();
    waiting.compute(
        key,
        (k, all) -> {
          Set<CompletableFuture<Void>> some = all == null ? ConcurrentHashMap.newKeySet() : all;
          some.add(arrival);
          return some;
        });
    return arrival;
  }

  private void forget(String key, CompletableFuture<Void> arrival) {
    waiting.computeIfPresent(
        key,
        (k, set) -> {
          set.remove(arrival);
          return set.isEmpty() ? null : set;
        });
  }
}
