/**
 * Memberships that follow from the CRM's records (product.md §1 and §2), and what else of a
 * conversation does: that it is there at all, its room's owner, that it is frozen or archived.
 *
 * <p>A changed record is noted in the transaction that stores it ({@code record_due}); after its
 * commit a node takes the note, finds the conversations concerned ({@code derivation_due}) and
 * computes each anew from the records as they are then. So the end is the same in whatever order
 * and however often records come, and whichever node does it. Taking a note deletes it: a change
 * that comes meanwhile waits for that transaction and notes it again; a note that a change has
 * written is taken by nobody before that change can be seen.
 */
package dev.parley.conversation.derive;
