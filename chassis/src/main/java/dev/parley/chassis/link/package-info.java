/** Links for who has no token: unguessable, sealed under the key that all services share. */
package dev.parley.chassis.link;
