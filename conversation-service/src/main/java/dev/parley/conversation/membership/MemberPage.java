package dev.parley.conversation.membership;

import dev.parley.contracts.event.Member;
import java.util.List;

/** Members as {@code POST …/members} answers them. */
record MemberPage(List<Member> items) {}
