package dev.parley.message.history;

import dev.parley.message.MessageView;
import java.util.List;

/**
 * A page of a timeline, ascending.
 *
 * @param hasBefore whether the reader may see older messages than the first one here
 * @param hasAfter whether there are newer ones than the last one here
 * @param rev ask {@code changedAfter} it later: the place in the log of the last change that the
 *     reader saw when this was read; of a page of changes that is not the last, the place of its
 *     last one
 */
public record MessagePage(List<MessageView> items, boolean hasBefore, boolean hasAfter, long rev) {}
