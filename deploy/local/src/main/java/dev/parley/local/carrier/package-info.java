/**
 * A carrier that speaks Twilio's protocol: the message API with its errors, signed status callbacks
 * and signed inbound webhooks. So the gateway's real code talks to it, the vendor's own library
 * included. {@code /simulator/…} is its control side, which no carrier has.
 */
package dev.parley.local.carrier;
