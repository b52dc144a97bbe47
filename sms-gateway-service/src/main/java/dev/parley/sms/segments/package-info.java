/** What a text will cost in segments, told before it is sent. */
package dev.parley.sms.segments;
