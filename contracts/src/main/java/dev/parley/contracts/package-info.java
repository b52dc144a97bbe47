/**
 * The wire: what the services say to each other and how it is written.
 *
 * <p>Everything here is additive: a field may be added, never changed or removed; a break is a new
 * version of a topic beside the old one. Readers ignore fields that they do not know.
 */
package dev.parley.contracts;
