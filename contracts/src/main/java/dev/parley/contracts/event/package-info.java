/**
 * What stands in {@code data} of each event, and the CRM's records.
 *
 * <p>Additive only. A field that comes later must be optional here (a boxed type or a list that may
 * be absent), because records written before it are read again; a primitive component is a required
 * field. Identifiers of ours are {@code UUID}, those of the CRM are texts.
 */
package dev.parley.contracts.event;
