/** Twilio, by its own library. */
package dev.parley.sms.provider.twilio;
