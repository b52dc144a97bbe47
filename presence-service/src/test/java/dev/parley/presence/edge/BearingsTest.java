package dev.parley.presence.edge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.chassis.page.Cursors;
import dev.parley.presence.ServiceTest;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
class BearingsTest extends ServiceTest {
  private static final UUID TIMELINE = new UUID(1, 1);
  private static final UUID PERSONAL = new UUID(2, 2);
  private static final long[] FIRST = {10, 20, 30};

  @Inject Cursors seals;

  @Test
  void aCursorSaysWhereInEveryLaneItWasAndWhen() {
    Bearings bearings = bearings(PERSONAL);
    bearings.at(70_000, new long[] {11, 1L << 40, 0});
    Bearings.Fix fix = bearings.open(bearings.back(), FIRST);
    assertThat(fix.positions()).containsExactly(11, 1L << 40, 0);
    assertThat(fix.at()).isEqualTo(70_000);
  }

  @Test
  void aNodeThatServesMoreTopicsReadsThoseOfOneThatServesFewerAndTheReverse() {
    Bearings fewer = new Bearings(seals, List.of(log("timeline", TIMELINE, 2)));
    Bearings more = bearings(PERSONAL);
    assertThat(more.open(fewer.seal(fix(11, 22)), FIRST).positions()).containsExactly(11, 22, 30);
    assertThat(fewer.open(more.seal(fix(11, 22, 33)), new long[] {10, 20}).positions())
        .containsExactly(11, 22);
  }

  @Test
  void olderCursorsAreReadAsTheyWereMeant() {
    Bearings bearings = bearings(PERSONAL);
    Bearings.Fix timelineAlone = bearings.open(old(1, TIMELINE, 11, 22), FIRST);
    assertThat(timelineAlone.positions()).containsExactly(11, 22, 30);
    assertThat(timelineAlone.at()).isZero();
    UUID together =
        UUID.nameUUIDFromBytes(
            List.of(TIMELINE, PERSONAL).toString().getBytes(StandardCharsets.US_ASCII));
    assertThat(bearings.open(old(2, together, 11, 22, 33), FIRST).positions())
        .containsExactly(11, 22, 33);
    assertThat(bearings.open(old(1, new UUID(9, 9), 11, 22), FIRST)).isNull();
    assertThat(bearings.open(old(1, TIMELINE, 11), FIRST)).isNull();
    assertThat(bearings.open(old(2, TIMELINE, 11, 22, 33), FIRST)).isNull();
    assertThat(bearings.open(old(4, together, 11, 22, 33), FIRST)).isNull();
  }

  @Test
  void aCursorOfTopicsThatWereMadeAnewOrOfOtherPartitionsIsNone() {
    Bearings bearings = bearings(PERSONAL);
    String cursor = bearings.seal(fix(11, 22, 33));
    assertThat(bearings(new UUID(2, 3)).open(cursor, FIRST)).isNull();
    Bearings split =
        new Bearings(seals, List.of(log("timeline", TIMELINE, 2), log("personal", PERSONAL, 2)));
    assertThat(split.open(cursor, new long[] {1, 2, 3, 4})).isNull();
    Bearings other = new Bearings(seals, List.of(log("personal", PERSONAL, 1)));
    assertThat(bearings.open(other.seal(fix(1)), FIRST)).isNull();
    assertThat(bearings.open("nothing of ours", FIRST)).isNull();
  }

  private Bearings bearings(UUID personal) {
    return new Bearings(seals, List.of(log("timeline", TIMELINE, 2), log("personal", personal, 1)));
  }

  private static LogStart.Log log(String name, UUID id, int lanes) {
    return new LogStart.Log(name, id, lanes);
  }

  private static Bearings.Fix fix(long... positions) {
    return new Bearings.Fix(positions, 1);
  }

  /** As versions 1 and 2 wrote it. */
  private String old(int version, UUID topic, long... positions) {
    ByteBuffer out = ByteBuffer.allocate(3 + (2 + positions.length) * Long.BYTES);
    out.put((byte) version)
        .putLong(topic.getMostSignificantBits())
        .putLong(topic.getLeastSignificantBits())
        .putShort((short) positions.length);
    for (long position : positions) {
      out.putLong(position);
    }
    return seals.seal("realtime", out.array());
  }
}
