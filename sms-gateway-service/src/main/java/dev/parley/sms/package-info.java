/**
 * Texts between our numbers and the world's (product.md §5).
 *
 * <p>Owns our numbers, what carriers told us, and each text that leaves. What always holds:
 *
 * <ul>
 *   <li>A number belongs to one tenant.
 *   <li>A callback of the carrier has one effect, however often and in whatever order it comes: the
 *       raw event and its outbox row are one transaction under the carrier's own id.
 *   <li>A message is handed to the carrier once per number. When it is not known whether the
 *       carrier took it, it is looked up there; it is sent again only when it is not there.
 *   <li>Between two numbers one text is on its way at a time, in the order they were written.
 *   <li>A delivery's status only rises.
 * </ul>
 *
 * <p>Not promised: that a carrier tells us everything. An inbound webhook that it gave up on stays
 * unknown until the texts are listed there.
 */
package dev.parley.sms;
