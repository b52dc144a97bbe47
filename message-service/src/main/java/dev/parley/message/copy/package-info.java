/** Copies of what other services own. Written by consumers alone. */
package dev.parley.message.copy;
