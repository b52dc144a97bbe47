package dev.parley.contracts.event;

/**
 * Data of {@code member.*_requested}: a membership as conversation-service wants it, before
 * message-service gives it its place among the messages.
 *
 * @param member without {@code effectiveSeq} and {@code visibleFromSeq}
 * @param history what a newcomer sees of what came before; only where somebody is added
 */
public record MemberRequest(Member member, History history) {}
