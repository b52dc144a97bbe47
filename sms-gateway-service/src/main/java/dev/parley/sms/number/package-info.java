/** Our numbers: who brings them in, who holds them, who may send from them. */
package dev.parley.sms.number;
