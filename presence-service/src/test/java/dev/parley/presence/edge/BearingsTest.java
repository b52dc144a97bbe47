package dev.parley.presence.edge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.chassis.page.Cursors;
import dev.parley.presence.ServiceTest;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
class BearingsTest extends ServiceTest {
  private static final UUID TIMELINE = new UUID(1, 1);
  private static final long[] FIRST = {10, 20, 30};

  @Inject Cursors seals;

  @Test
  void aCursorSaysWhereInEveryLaneItWas() {
    Bearings bearings = bearings(new UUID(2, 2));
    bearings.at(0, new long[] {11, 22, 33});
    assertThat(bearings.open(bearings.back(), FIRST)).containsExactly(11, 22, 33);
  }

  @Test
  void aCursorThatKnewTheTimelineAloneGetsWhatBelongsToPeopleFromTheOldestOn() {
    assertThat(bearings(new UUID(2, 2)).open(old(TIMELINE, 11, 22), FIRST))
        .containsExactly(11, 22, 30);
  }

  @Test
  void aCursorOfOtherTopicsOrOtherPartitionsIsNone() {
    Bearings bearings = bearings(new UUID(2, 2));
    bearings.at(0, new long[] {11, 22, 33});
    assertThat(bearings(new UUID(2, 3)).open(bearings.back(), FIRST)).isNull();
    assertThat(bearings.open(bearings.back(), new long[] {1, 2, 3, 4})).isNull();
    assertThat(bearings.open(old(new UUID(9, 9), 11, 22), FIRST)).isNull();
    assertThat(bearings.open(old(TIMELINE, 11), FIRST)).isNull();
    assertThat(bearings.open("nothing of ours", FIRST)).isNull();
  }

  private Bearings bearings(UUID personal) {
    return new Bearings(seals, List.of(TIMELINE, personal), 2);
  }

  /** As version 1 wrote it. */
  private String old(UUID topic, long... positions) {
    ByteBuffer out = ByteBuffer.allocate(3 + (2 + positions.length) * Long.BYTES);
    out.put((byte) 1)
        .putLong(topic.getMostSignificantBits())
        .putLong(topic.getLeastSignificantBits())
        .putShort((short) positions.length);
    for (long position : positions) {
      out.putLong(position);
    }
    return seals.seal("realtime", out.array());
  }
}
