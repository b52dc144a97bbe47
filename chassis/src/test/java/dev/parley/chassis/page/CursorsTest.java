package dev.parley.chassis.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.chassis.problem.Code;
import dev.parley.chassis.problem.Problem;
import java.util.Base64;
import org.junit.jupiter.api.Test;

class CursorsTest {
  private final Cursors cursors = cursors("a secret of enough length");

  @Test
  void aCursorOpensForItsScope() {
    String cursor = cursors.seal("t1|ana|list", "42");

    assertThat(cursors.require("t1|ana|list", cursor)).isEqualTo("42");
    assertThat(cursor).matches("[A-Za-z0-9_-]+").doesNotContain("42");
  }

  @Test
  void aCursorOfAnotherScopeDoesNotOpen() {
    String cursor = cursors.seal("t1|ana|list", "42");

    for (String scope : new String[] {"t2|ana|list", "t1|ben|list", "t1|ana|other", ""}) {
      assertThat(cursors.open(scope, cursor)).as(scope).isNull();
    }
    assertThatThrownBy(() -> cursors.require("t2|ana|list", cursor))
        .isInstanceOfSatisfying(
            Problem.class, problem -> assertThat(problem.code()).isEqualTo(Code.INVALID_REQUEST));
  }

  @Test
  void aCursorThatWasChangedAtAnyByteDoesNotOpen() {
    byte[] sealed = Base64.getUrlDecoder().decode(cursors.seal("s", "42"));
    for (int i = 0; i < sealed.length; i++) {
      byte[] changed = sealed.clone();
      changed[i] ^= 1;
      String cursor = Base64.getUrlEncoder().withoutPadding().encodeToString(changed);
      assertThat(cursors.open("s", cursor)).as("byte " + i).isNull();
    }
  }

  @Test
  void whatIsNoCursorDoesNotOpen() {
    for (String text : new String[] {"", "AQ", "no cursor!", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"}) {
      assertThat(cursors.open("s", text)).as(text).isNull();
    }
  }

  @Test
  void nodesWithTheSameKeyOpenEachOthersCursors() {
    assertThat(cursors("a secret of enough length").require("s", cursors.seal("s", "42")))
        .isEqualTo("42");
    assertThat(cursors("another secret, as long").open("s", cursors.seal("s", "42"))).isNull();
  }

  @Test
  void aShortKeyIsRefused() {
    assertThatThrownBy(() -> cursors("short")).hasMessageContaining("parley.cursor.key");
  }

  private static Cursors cursors(String key) {
    try {
      return new Cursors(() -> key);
    } catch (java.security.GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }
}
