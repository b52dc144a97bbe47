/**
 * Sockets and presence (product.md §7).
 *
 * <p>Owns: the WebSocket edge ({@code edge}), its tickets, who is online. Copies: memberships, from
 * the {@code rights} of message-service's log alone.
 *
 * <p>Invariants: a socket gets an event only if its user has the right to it at that place of the
 * log; per conversation in the log's order; after a resume nothing is missing. Typing and presence
 * are best effort and never replayed.
 */
package dev.parley.presence;
