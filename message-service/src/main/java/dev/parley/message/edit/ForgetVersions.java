package dev.parley.message.edit;

import dev.parley.message.OnDeletion;
import dev.parley.message.Revisions.Held;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** With a message goes all that it has said. */
@ApplicationScoped
class ForgetVersions implements OnDeletion {
  private final Versions versions;

  ForgetVersions(Versions versions) {
    this.versions = versions;
  }

  @Override
  public Uni<Void> deleted(Held held) {
    return versions.forget(held);
  }
}
