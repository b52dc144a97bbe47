/**
 * A copy of what decides who sees a record of the CRM, for services that answer or act by that
 * right. Switched on by {@code parley.records.copied}, read and written by itself.
 */
package dev.parley.chassis.record;
