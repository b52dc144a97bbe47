package dev.parley.contracts.event;

import java.time.Instant;

/**
 * Data of {@code lease.*}: who is editing what of a conversation.
 *
 * @param resource {@code context}
 * @param expiresAt when it ends unless renewed; renewing tells of it again
 */
public record Lease(String resource, Person holder, Instant expiresAt) {}
