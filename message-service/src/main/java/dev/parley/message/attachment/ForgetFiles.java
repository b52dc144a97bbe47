package dev.parley.message.attachment;

import dev.parley.message.Attachments;
import dev.parley.message.OnDeletion;
import dev.parley.message.Revisions.Held;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** With a message go its files: nobody gets an address any more, and their bytes are removed. */
@ApplicationScoped
class ForgetFiles implements OnDeletion {
  private final Attachments attachments;

  ForgetFiles(Attachments attachments) {
    this.attachments = attachments;
  }

  @Override
  public Uni<Void> deleted(Held held) {
    return held.message().attachments().isEmpty()
        ? Uni.createFrom().voidItem()
        : attachments.forget(held.work(), held.caller().tenant(), held.message().id(), held.now());
  }
}
