package dev.parley.presence.edge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.presence.LogRecord;
import dev.parley.presence.Session;
import dev.parley.presence.copy.Membership;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class MembersTest {
  private final Members members = new Members();

  @Test
  void whoEntersSitsWhereTheCopySays() {
    UUID ended = new UUID(8, 8);
    Members.User ben =
        members.enter(
            Records.user("ben"),
            List.of(
                new Membership(Records.ROOM, true, 5, 3, 3),
                new Membership(ended, false, 1, 9, 9)));
    assertThat(members.find(Records.user("ben"))).isSameAs(ben);
    assertThat(ben.takesPartIn(Records.ROOM)).isTrue();
    assertThat(ben.takesPartIn(ended)).isFalse();
    assertThat(members.room(Records.ROOM).seats).hasSize(1);
    assertThat(members.room(ended)).isNull();
    members.leave(ben);
    assertThat(members.room(Records.ROOM)).isNull();
    assertThat(members.people()).isZero();
  }

  @Test
  void anotherTenantsNamesakeIsSomebodyElse() {
    members.enter(Records.user("ben"), List.of());
    Session namesake =
        new Session("other", "user", "ben", "ben", null, false, java.time.Instant.MAX);
    assertThat(members.find(namesake)).isNull();
    apply(Records.right("ben", true, 1, 1));
    Members.User other = members.enter(namesake, List.of());
    assertThat(other.takesPartIn(Records.ROOM)).isFalse();
  }

  @Test
  void anOlderRecordThatComesAgainChangesNothing() {
    Members.User ben = members.enter(Records.user("ben"), List.of());
    LogRecord added = Records.right("ben", true, 4, 1);
    LogRecord removed = Records.right("ben", false, 4, 2);
    apply(added);
    assertThat(ben.takesPartIn(Records.ROOM)).isTrue();
    apply(removed);
    apply(added);
    assertThat(ben.takesPartIn(Records.ROOM)).isFalse();
    apply(Records.right("ben", true, 9, 3));
    apply(removed);
    assertThat(ben.takesPartIn(Records.ROOM)).isTrue();
    assertThat(members.room(Records.ROOM).seats).hasSize(1);
  }

  @Test
  void theCopysRevIsKeptForPeopleWhoEnterLate() {
    Members.User ben =
        members.enter(Records.user("ben"), List.of(new Membership(Records.ROOM, false, 1, 6, 6)));
    members.catchUp(ben, Records.right("ben", true, 1, 5));
    assertThat(ben.takesPartIn(Records.ROOM)).isFalse();
    members.catchUp(ben, Records.right("ben", true, 1, 7));
    assertThat(ben.takesPartIn(Records.ROOM)).isTrue();
  }

  @Test
  void aReplayShowsWhatTheMemberMaySeeNow() {
    Members.User ben = members.enter(Records.user("ben"), List.of());
    assertThat(Members.sees(ben, Records.message(1, 1))).isFalse();
    apply(Records.right("ben", true, 3, 10));
    assertThat(Members.sees(ben, Records.message(2, 9))).isFalse();
    assertThat(Members.sees(ben, Records.message(3, 11))).isTrue();
    LogRecord before = Records.right("ana", true, 1, 9);
    LogRecord since = Records.right("ana", true, 1, 12);
    assertThat(Members.sees(ben, before)).isFalse();
    assertThat(Members.sees(ben, since)).isTrue();
    apply(Records.right("ben", true, 3, 13));
    assertThat(Members.sees(ben, since)).as("a new role is no new membership").isTrue();
    LogRecord removed = Records.right("ben", false, 3, 14);
    apply(removed);
    assertThat(Members.sees(ben, Records.message(3, 11))).isFalse();
    assertThat(Members.sees(ben, since)).isFalse();
    assertThat(Members.sees(ben, removed)).as("one's own removal").isTrue();
  }

  private void apply(LogRecord record) {
    members.grant(record);
    members.revoke(record);
  }
}
