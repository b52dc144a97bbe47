/**
 * What is alike in all copies of the CRM's records that each node reads by itself: the reading, and
 * how far it has come. What a copy is of, and what follows from it, is the copy's own.
 */
package dev.parley.chassis.crm;
