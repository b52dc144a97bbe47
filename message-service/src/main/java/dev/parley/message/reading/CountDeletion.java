package dev.parley.message.reading;

import dev.parley.message.OnDeletion;
import dev.parley.message.Revisions.Held;
import dev.parley.message.Timelines;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** What is deleted is unread no more. */
@ApplicationScoped
class CountDeletion implements OnDeletion {
  private final Timelines timelines;

  CountDeletion(Timelines timelines) {
    this.timelines = timelines;
  }

  @Override
  public Uni<Void> deleted(Held held) {
    return timelines.noteDeletion(held.work(), held.caller().tenant(), held.message());
  }
}
