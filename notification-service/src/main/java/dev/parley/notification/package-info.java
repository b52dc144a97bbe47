/**
 * Owns what people want to be told of, and the e-mails that tell them.
 *
 * <p>What holds: a person is told only of what the person may see, both when the message comes and
 * when the mail goes (product.md §1, §9); one burst in one conversation is one mail; a message is
 * in at most one mail to a person. {@link dev.parley.notification.EmailRule} is the truth table.
 *
 * <p>Its limit: SMTP cannot be asked whether it took a mail. A node that dies between the server's
 * answer and its own note of it makes the mail go a second time, under the same {@code Message-ID},
 * rather than never.
 */
package dev.parley.notification;
