package dev.parley.conversation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.chassis.caller.Caller;
import dev.parley.chassis.caller.Role;
import dev.parley.chassis.problem.Code;
import dev.parley.chassis.problem.Problem;
import dev.parley.contracts.Ids;
import dev.parley.contracts.event.ConversationType;
import dev.parley.contracts.event.History;
import dev.parley.contracts.event.MemberRole;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class MembershipPolicyTest {
  @ParameterizedTest
  @EnumSource(ConversationType.class)
  void everyTypeHasARow(ConversationType type) {
    assertThat(MembershipPolicy.of(type)).isNotNull();
  }

  @ParameterizedTest
  @CsvSource({
    // type, part, administrator, adds, removes, leaves, edits, closes
    "group, owner, false, true, true, true, true, true",
    "group, admin, false, true, true, true, true, true",
    "group, member, false, false, false, true, false, false",
    "group, none, true, false, false, false, false, false",
    "channel, member, false, true, false, true, false, false",
    "channel, none, false, false, false, false, false, false",
    "channel, none, true, true, true, true, true, true",
    "subject, member, false, true, true, true, true, true",
    "internal_chat, member, false, true, false, false, true, false",
    "internal_chat, owner, false, true, false, false, true, true",
    "direct, member, false, false, false, false, true, false",
    "sms, none, false, false, false, false, true, true"
  })
  void theTableSaysWhoMayDoWhat(
      String type,
      String part,
      boolean administrator,
      boolean adds,
      boolean removes,
      boolean leaves,
      boolean edits,
      boolean closes) {
    MembershipPolicy policy = MembershipPolicy.of(ConversationType.of(type));
    Seen seen = seen(part);
    Caller caller = caller(administrator);
    assertThat(policy.allows(policy.add(), seen, caller)).as("adds").isEqualTo(adds);
    assertThat(policy.allows(policy.remove(), seen, caller)).as("removes").isEqualTo(removes);
    assertThat(policy.allows(policy.leave(), seen, caller)).as("leaves").isEqualTo(leaves);
    assertThat(policy.allows(policy.edit(), seen, caller)).as("edits").isEqualTo(edits);
    assertThat(policy.allows(policy.close(), seen, caller)).as("closes").isEqualTo(closes);
  }

  @Test
  void newcomersOfAGroupSeeFromNowUnlessSaidOtherwise() {
    MembershipPolicy group = MembershipPolicy.of(ConversationType.GROUP);
    assertThat(group.historyFor(null)).isEqualTo(History.FROM_NOW);
    assertThat(group.historyFor(History.ALL)).isEqualTo(History.ALL);
  }

  @Test
  void newcomersOfAChannelSeeAllAndNothingElseCanBeAskedFor() {
    MembershipPolicy channel = MembershipPolicy.of(ConversationType.CHANNEL);
    assertThat(channel.historyFor(null)).isEqualTo(History.ALL);
    refuses(() -> channel.historyFor(History.FROM_NOW), Code.INVALID_REQUEST);
  }

  @Test
  void ofAnInternalChatItMustBeSaid() {
    MembershipPolicy chat = MembershipPolicy.of(ConversationType.INTERNAL_CHAT);
    assertThat(chat.historyFor(History.FROM_NOW)).isEqualTo(History.FROM_NOW);
    refuses(() -> chat.historyFor(null), Code.INVALID_REQUEST);
  }

  @Test
  void whatNobodyDoesIsNotApplicableAndWhatOthersDoIsForbidden() {
    MembershipPolicy direct = MembershipPolicy.of(ConversationType.DIRECT);
    refuses(() -> direct.require(direct.add(), seen("member"), caller(false)), Code.NOT_APPLICABLE);
    MembershipPolicy group = MembershipPolicy.of(ConversationType.GROUP);
    refuses(() -> group.require(group.add(), seen("member"), caller(false)), Code.FORBIDDEN);
  }

  private static void refuses(
      org.assertj.core.api.ThrowableAssert.ThrowingCallable call, Code code) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(Problem.class, p -> assertThat(p.code()).isEqualTo(code));
  }

  private static Seen seen(String part) {
    Seen.Mine mine =
        part.equals("none") ? null : new Seen.Mine(Ids.next(), MemberRole.of(part), "manual", 1L);
    return new Seen(null, mine, 0, Instant.EPOCH, null, 1, false, false);
  }

  private static Caller caller(boolean administrator) {
    Set<Role> roles = administrator ? Set.of(Role.USER, Role.ADMIN) : Set.of(Role.USER);
    return new Caller("t", "ana", roles, "Ana", null, false, null);
  }
}
