package dev.parley.contracts.event;

/**
 * Data of {@code session.ended}: a socket has closed.
 *
 * @param sessionId as the socket's {@code hello} said
 */
public record SessionEnded(String userId, String sessionId) {}
