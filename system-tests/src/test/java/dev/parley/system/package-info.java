/**
 * The whole system as its users see it: by the origin, the socket, the carrier simulator, the
 * mailbox and the scripts of {@code deploy/local}. Nothing here knows a class of a service.
 */
package dev.parley.system;
