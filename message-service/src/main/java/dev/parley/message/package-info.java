/**
 * Messages and the one log of each conversation.
 *
 * <p>Invariants: {@code seq} is gapless per conversation; {@code rev} grows by one with every
 * record of the conversation's log, and the log on Kafka has them in that order; a message, its
 * place and its event are committed together or not at all; nothing is placed without the lock of
 * the conversation's head row ({@code timeline}); every message carries the head's running numbers
 * as they were at its place, whether it counts itself or not ({@link Counts}).
 */
package dev.parley.message;
