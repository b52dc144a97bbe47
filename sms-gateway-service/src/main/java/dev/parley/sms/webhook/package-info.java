/** What carriers call: texts from outside and statuses of ours. Verified, stored, answered. */
package dev.parley.sms.webhook;
