/**
 * Owns the search index, and nothing else: its documents come from the timeline log, which is kept
 * for a day.
 *
 * <p>What holds: a search shows nothing that history would not, neither in items nor in snippets
 * nor in totals (product.md §8). Each query is filtered by the reader's tenant, memberships and
 * first visible message as this service's copy has them when the query is made; documents carry
 * what the filter needs, so a change of rights rewrites none of them.
 *
 * <p>Its limit: a message is found a refresh (250 ms) after its record was indexed, and a removed
 * member stops finding when the removal's record has been consumed; both well under a second while
 * nothing is down. When Elasticsearch is down, searches answer 503 and the log waits: nothing is
 * lost.
 */
package dev.parley.search;
