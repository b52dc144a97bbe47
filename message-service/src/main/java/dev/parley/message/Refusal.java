package dev.parley.message;

import dev.parley.chassis.problem.Problem;
import io.smallrye.mutiny.Uni;
import java.util.function.Supplier;

/**
 * Why something may not be created, kept until it is known that it was not created before: what is
 * repeated under its {@code Idempotency-Key} is answered as it was, whatever has changed since
 * (api.md, Conventions).
 */
public final class Refusal {
  private static final Refusal NONE = new Refusal(null);

  private final Problem why;

  private Refusal(Problem why) {
    this.why = why;
  }

  /** What the check says; a failure that is no refusal stays one. */
  public static Uni<Refusal> of(Supplier<Uni<Void>> check) {
    return Uni.createFrom()
        .<Void>deferred(check::get)
        .replaceWith(NONE)
        .onFailure(Problem.class)
        .recoverWithItem(Refusal::new);
  }

  /**
   * Refuses, if there is a reason.
   *
   * @throws Problem the reason
   */
  public void raise() {
    if (why != null) {
      throw why;
    }
  }
}
