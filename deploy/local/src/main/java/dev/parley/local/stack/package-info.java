/**
 * The local stack: what {@code deploy/local/up} and its sister scripts run. One supervisor process
 * starts everything as its children, on leashes, and ends it with itself; the other scripts talk to
 * it over a loopback port that it tells below {@code deploy/local/run}.
 */
package dev.parley.local.stack;
