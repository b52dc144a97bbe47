/**
 * What links in messages lead to (product.md §4, "Link previews"). Looked at after the message was
 * sent, by whichever node is free, through a client that can be sent nowhere but to public web
 * pages; added as a change of the message.
 */
package dev.parley.message.preview;
