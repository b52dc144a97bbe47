package dev.parley.presence.ticket;

/**
 * A ticket.
 *
 * @param expiresIn seconds
 */
public record TicketView(String ticket, long expiresIn) {}
