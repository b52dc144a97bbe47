package dev.parley.message.bookmark;

import dev.parley.chassis.problem.Blank;
import dev.parley.contracts.event.BookmarkStatus;
import dev.parley.contracts.event.BookmarkType;
import dev.parley.contracts.event.BookmarkVisibility;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.Instant;

/**
 * A bookmark to make.
 *
 * @param note at most 2,000 characters
 * @param assigneeId who is to do it; of a private one nobody but oneself
 * @param dueAt when to remind the assignee, else oneself
 * @param status {@code open} unless given
 * @param visibility {@code conversation} unless given
 */
public record BookmarkRequest(
    @NotNull BookmarkType type,
    @Size(max = 2000) String note,
    @Pattern(regexp = "[A-Za-z0-9._:@-]{1,128}", message = "is no user id") String assigneeId,
    Instant dueAt,
    BookmarkStatus status,
    BookmarkVisibility visibility) {

  /** What was not given. */
  public BookmarkRequest {
    note = Blank.is(note) ? null : note;
    status = status == null ? BookmarkStatus.OPEN : status;
    visibility = visibility == null ? BookmarkVisibility.CONVERSATION : visibility;
  }

  @Override
  public String toString() {
    return "BookmarkRequest[type=" + type + "]";
  }
}
