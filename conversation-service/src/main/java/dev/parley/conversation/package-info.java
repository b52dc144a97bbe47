/**
 * Conversations and who is in them; the CRM's records as everybody here needs them.
 *
 * <p>Invariants: only this service creates conversations, and a unique key makes one of many (a
 * pair's direct, a channel's name, a deal's room, a live phone pair); a change of a conversation or
 * of its members and its event are committed together or not at all, under the lock of the
 * conversation's row; when a membership begins and ends among the messages is decided by
 * message-service's log alone, from which {@code effectiveSeq} and {@code visibleFromSeq} come.
 */
package dev.parley.conversation;
