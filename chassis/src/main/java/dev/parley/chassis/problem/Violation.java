package dev.parley.chassis.problem;

/**
 * One thing wrong with the input.
 *
 * @param field where: {@code members[2].userId}, or the name of a query parameter or header
 * @param message what, for a person
 */
public record Violation(String field, String message) {}
