/** A small HTTP server on the JDK's own, for what stands outside of the system under test. */
package dev.parley.local.web;
