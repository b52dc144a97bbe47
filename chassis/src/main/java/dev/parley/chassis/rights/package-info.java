/**
 * A copy of the rights that the timeline log carries, for services that answer or act by
 * membership. Switched on by {@code parley.rights.copied}; the consumer stays the service's own.
 */
package dev.parley.chassis.rights;
