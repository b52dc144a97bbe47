package dev.parley.chassis.user;

import java.util.Set;

/**
 * The CRM has told of users of these tenants, and {@link Users} knows it. Fired on every node, once
 * or more, on the reader's thread.
 */
public record UsersChanged(Set<String> tenants) {}
