package dev.parley.conversation.directory;

import dev.parley.conversation.copy.RecordCopy;

/** Somebody in the directory: a user, a client or a company. */
record DirectoryEntry(
    String id, String kind, String name, String email, String avatarUrl, boolean active) {

  static DirectoryEntry of(String kind, RecordCopy record) {
    return new DirectoryEntry(
        record.id(),
        kind,
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
