/** The sockets of a service's HTTP server. */
package dev.parley.chassis.http;
