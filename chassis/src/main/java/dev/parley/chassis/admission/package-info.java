/** Refuses work that would only queue: what a node answers it answers soon. */
package dev.parley.chassis.admission;
