/** The published description of each service's API: what is alike in all of them, once. */
package dev.parley.chassis.openapi;
