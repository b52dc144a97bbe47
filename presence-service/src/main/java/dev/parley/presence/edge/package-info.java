/**
 * The WebSocket edge: a tail of the timeline log for each node, fanned out to its sockets.
 *
 * <p>One thread ({@code Tail}) reads all partitions from the end and hands records to each event
 * loop's {@code Shard}. A shard is touched by its event loop alone: index, ring of recent records,
 * position in the log, sockets. It delivers a record and applies its rights in one step, in the
 * log's order, so what a socket gets is decided by the rights at that place of the log.
 *
 * <p>{@code Opening} says how a socket comes in without a gap, {@code Scans} how old cursors are
 * served from Kafka, {@code Conn} what happens to a socket that does not read.
 */
package dev.parley.presence.edge;
