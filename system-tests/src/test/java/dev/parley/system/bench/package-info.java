/**
 * The first benchmark: what a message costs and how long it takes, send to socket, with the whole
 * system and the load generator on one machine (method and results: docs/benchmarks.md). Run by the
 * Maven profile {@code bench} alone.
 */
package dev.parley.system.bench;
