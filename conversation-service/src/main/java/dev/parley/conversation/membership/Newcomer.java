package dev.parley.conversation.membership;

import dev.parley.contracts.event.MemberKind;

/** Somebody who is to be added, and where they were named. */
record Newcomer(MemberKind kind, String id, String field) {
  /** Without number: fit for logs. */
  @Override
  public String toString() {
    return "Newcomer[kind=" + kind + "]";
  }
}
