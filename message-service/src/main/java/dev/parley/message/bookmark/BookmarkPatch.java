package dev.parley.message.bookmark;

import dev.parley.contracts.event.BookmarkStatus;
import dev.parley.contracts.event.BookmarkType;
import dev.parley.contracts.event.BookmarkVisibility;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.Instant;

/**
 * The body of a change, for the API's description alone: {@link BookmarkChanges} reads it, since
 * null takes away what absent leaves.
 */
record BookmarkPatch(
    BookmarkType type,
    @Size(max = 2000) String note,
    @Pattern(regexp = "[A-Za-z0-9._:@-]{1,128}") String assigneeId,
    Instant dueAt,
    BookmarkStatus status,
    BookmarkVisibility visibility) {}
