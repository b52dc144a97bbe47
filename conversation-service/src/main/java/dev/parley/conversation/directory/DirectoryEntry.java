package dev.parley.conversation.directory;

import dev.parley.conversation.copy.RecordCopy;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Somebody in the directory: a user, a client or a company. */
@Schema(
    example =
        """
        {"id": "u-ana", "kind": "user", "name": "Ana Silva", "email": "ana@acme.example", \
        "active": true}""")
record DirectoryEntry(
    String id, String kind, String name, String email, String avatarUrl, boolean active) {

  static DirectoryEntry of(RecordCopy record) {
    return new DirectoryEntry(
        record.id(),
        record.type().equals("contact") ? "client" : record.type(),
        record.title(),
        record.data().email(),
        record.data().avatarUrl(),
        record.active());
  }

  /** Without name and address: fit for logs. */
  @Override
  public String toString() {
    return "DirectoryEntry[id=" + id + ", kind=" + kind + "]";
  }
}
