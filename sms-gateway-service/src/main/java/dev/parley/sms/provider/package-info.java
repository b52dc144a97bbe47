/** The port to carriers: what the gateway asks of one, and how one may fail. */
package dev.parley.sms.provider;
