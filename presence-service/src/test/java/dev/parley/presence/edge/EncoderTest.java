package dev.parley.presence.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class EncoderTest {
  private final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(false);
  private final Encoder encoder = new Encoder(allocator);

  @Test
  void oneFrameIsItsJsonAndSeveralAreAnArray() {
    Frame a = frame("{\"a\":1}");
    Frame b = frame("{\"b\":\"ü\"}");
    assertThat(message(a)).isEqualTo("{\"a\":1}");
    assertThat(message(a, b)).isEqualTo("[{\"a\":1},{\"b\":\"ü\"}]");
    assertThat(message(b, a)).isEqualTo("[{\"b\":\"ü\"},{\"a\":1}]");
    assertThat(message(a, b, a)).isEqualTo("[{\"a\":1},{\"b\":\"ü\"},{\"a\":1}]");
  }

  @Test
  void everyLengthHasItsHeader() {
    for (int length : new int[] {2, 125, 126, 127, 65_535, 65_536, 70_000}) {
      String json = "\"" + "x".repeat(length - 2) + "\"";
      assertThat(message(frame(json))).isEqualTo(json);
    }
  }

  @Test
  void whatSeveralSocketsGetIsEncodedOnceAndGivenBack() {
    Frame a = frame("{\"a\":1}");
    Frame b = frame("{\"b\":2}");
    ByteBuf first = encoder.encode(new Frame[] {a}, 1);
    ByteBuf second = encoder.encode(new Frame[] {a}, 1);
    assertThat(second.memoryAddress()).isEqualTo(first.memoryAddress());
    ByteBuf both = encoder.encode(new Frame[] {a, b}, 2);
    ByteBuf again = encoder.encode(new Frame[] {a, b}, 2);
    assertThat(again.memoryAddress()).isEqualTo(both.memoryAddress());
    encoder.endTick();
    assertThat(allocator.metric().usedDirectMemory()).isPositive();
    first.release();
    second.release();
    both.release();
    again.release();
    assertThat(allocator.metric().usedDirectMemory()).isZero();
    assertThat(message(a)).as("in a later tick").isEqualTo("{\"a\":1}");
  }

  /** Reads the message as RFC 6455 §5.2 has it. */
  private String message(Frame... frames) {
    ByteBuf in = encoder.encode(frames, frames.length);
    assertThat(in.readUnsignedByte()).isEqualTo((short) 0x81);
    long length = in.readUnsignedByte();
    if (length == 126) {
      length = in.readUnsignedShort();
      assertThat(length).isGreaterThan(125);
    } else if (length == 127) {
      length = in.readLong();
      assertThat(length).isGreaterThan(65_535);
    }
    String text = in.readCharSequence((int) length, StandardCharsets.UTF_8).toString();
    assertThat(in.isReadable()).isFalse();
    in.release();
    return text;
  }

  private static Frame frame(String json) {
    return new Frame(json.getBytes(StandardCharsets.UTF_8));
  }
}
