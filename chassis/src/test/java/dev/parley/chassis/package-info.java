/** Fixtures that all services' tests share, the structure rules, and the chassis' own tests. */
package dev.parley.chassis;
