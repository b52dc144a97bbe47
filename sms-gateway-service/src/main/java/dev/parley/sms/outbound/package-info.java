/**
 * How a message becomes a text and leaves: taken from the timeline log, claimed, handed over,
 * recorded; looked up at the carrier when in doubt.
 */
package dev.parley.sms.outbound;
