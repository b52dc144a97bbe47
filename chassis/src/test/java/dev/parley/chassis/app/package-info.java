/**
 * A service of no use but to be tested: what the chassis promises can only be seen in one that
 * stands on it.
 */
package dev.parley.chassis.app;
