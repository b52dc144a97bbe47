package dev.parley.contracts.event;

/**
 * Data of {@code channel.requested}: somebody writes to a client who has no channel of their own
 * yet. Asked again and again until there is one.
 */
public record ChannelRequested(String clientId) {}
