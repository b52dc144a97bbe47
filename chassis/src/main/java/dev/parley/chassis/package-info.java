/**
 * The plumbing every service stands on. It knows no conversation and no message: only transactions,
 * events on their way out and in, callers, problems, cursors.
 */
package dev.parley.chassis;
