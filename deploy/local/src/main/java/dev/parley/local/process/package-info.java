/**
 * Operating system processes on a leash: whatever is started here ends with the process that
 * started it, also when that one is killed without a chance to clean up.
 */
package dev.parley.local.process;
