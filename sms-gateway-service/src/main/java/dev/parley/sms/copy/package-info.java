/** What the gateway keeps of conversations, by the timeline log alone. */
package dev.parley.sms.copy;
