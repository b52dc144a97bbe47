package dev.parley.contracts.event;

/**
 * A record of the CRM, by name only: title and fields are resolved when read, for the reader
 * (product.md §2).
 *
 * @param type {@code deal}, {@code company}, {@code contact} or any other type of the CRM
 */
public record RecordRef(String type, String id) {}
