/** What a tenant's administrators have set, and what holds where they have set nothing. */
package dev.parley.conversation.settings;
