package dev.parley.message.attachment;

import dev.parley.contracts.event.Message;
import dev.parley.message.Attachments;
import dev.parley.message.OnDeletion;
import dev.parley.message.Revisions.Held;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * With a message go its files, and the pictures of what its links lead to: nobody gets an address
 * any more, and their bytes are removed.
 */
@ApplicationScoped
class ForgetFiles implements OnDeletion {
  private final Attachments attachments;

  ForgetFiles(Attachments attachments) {
    this.attachments = attachments;
  }

  @Override
  public Uni<Void> deleted(Held held) {
    Message message = held.message();
    return message.attachments().isEmpty() && message.previews() == null
        ? Uni.createFrom().voidItem()
        : attachments.forget(held.work(), held.caller().tenant(), message.id(), held.now());
  }
}
