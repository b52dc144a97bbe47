package dev.parley.message.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pictures are measured and shown as they are to be seen. */
class ImagesTest {
  private static final int WIDTH = 640;
  private static final int HEIGHT = 320;

  @TempDir Path folder;

  /** Where the corner ends up that was stored as the upper left one (CIPA DC-008, Orientation). */
  @ParameterizedTest
  @CsvSource({
    "0, left, top",
    "1, left, top",
    "2, right, top",
    "3, right, bottom",
    "4, left, bottom",
    "5, left, top",
    "6, right, top",
    "7, right, bottom",
    "8, left, bottom",
    "9, left, top",
  })
  void aPhotographStandsUpright(int orientation, String side, String end) throws IOException {
    for (ByteOrder order : List.of(ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN)) {
      Images.Picture picture = read(photograph(orientation, order));
      boolean turned = orientation >= 5 && orientation <= 8;
      assertThat(picture.width()).isEqualTo(turned ? HEIGHT : WIDTH);
      assertThat(picture.height()).isEqualTo(turned ? WIDTH : HEIGHT);
      BufferedImage small = ImageIO.read(new ByteArrayInputStream(picture.thumbnail()));
      assertThat(small.getWidth()).isEqualTo(turned ? 160 : 320);
      assertThat(small.getHeight()).isEqualTo(turned ? 320 : 160);
      int x = side.equals("left") ? 5 : small.getWidth() - 6;
      int y = end.equals("top") ? 5 : small.getHeight() - 6;
      assertThat(isRed(small, x, y)).isTrue();
      assertThat(isRed(small, small.getWidth() - 1 - x, small.getHeight() - 1 - y)).isFalse();
    }
  }

  @Test
  void brokenExifIsNone() throws IOException {
    byte[] good = photograph(6, ByteOrder.BIG_ENDIAN);
    for (int cut : new int[] {21, 25, 29, 33}) {
      byte[] broken = good.clone();
      broken[cut] = (byte) 0xFF;
      Images.Picture picture = read(broken);
      assertThat(picture.width() + picture.height()).isEqualTo(WIDTH + HEIGHT);
    }
  }

  /** The smallest there are: lossy, lossless, and with transparency. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "UklGRiIAAABXRUJQVlA4IBYAAAAwAQCdASoBAAEADsD+JaQAA3AAAAAA",
        "UklGRhoAAABXRUJQVlA4TA0AAAAvAAAAEAcQERGIiP4HAA==",
        "UklGRkoAAABXRUJQVlA4WAoAAAAQAAAAAAAAAAAAQUxQSAwAAAARBxAR/Q9ERP8DAABWUDggGAAAABQBAJ0BKgEA"
            + "AQAAAP4AAA3AAP7mtQAAAA==",
      })
  void webpHasASizeAndASmallPicture(String bytes) throws IOException {
    Images.Picture picture = read(Base64.getDecoder().decode(bytes));
    assertThat(picture.width()).isEqualTo(1);
    assertThat(picture.height()).isEqualTo(1);
    assertThat(ImageIO.read(new ByteArrayInputStream(picture.thumbnail())).getWidth()).isEqualTo(1);
  }

  /** A row is in memory at once, whatever the pixels are in all; TIFF is as a whole. */
  @ParameterizedTest
  @CsvSource({
    "png, 65535, 1, true",
    "png, 65536, 1, false",
    "png, 1, 65536, true",
    "png, 8001, 6002, false",
    "tiff, 800, 400, true",
    "tiff, 6000, 8000, true",
    "tiff, 6001, 8000, false",
    "bmp, 65536, 1, false",
  })
  void whatWouldTakeTooMuchMemoryIsMeasuredAndNotShown(
      String format, int width, int height, boolean shown) throws IOException {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    assertThat(ImageIO.write(image, format, bytes)).isTrue();
    Images.Picture picture =
        Images.read(Files.write(folder.resolve("upload"), bytes.toByteArray()), 48_010_000);
    assertThat(picture.width()).isEqualTo(width);
    assertThat(picture.height()).isEqualTo(height);
    assertThat(picture.thumbnail() != null).isEqualTo(shown);
  }

  private Images.Picture read(byte[] bytes) throws IOException {
    return Images.read(Files.write(folder.resolve("upload"), bytes), 40_000_000);
  }

  private static boolean isRed(BufferedImage image, int x, int y) {
    Color color = new Color(image.getRGB(x, y));
    return color.getRed() > 180 && color.getBlue() < 80;
  }

  /** Blue, with a red quarter in the upper left corner of what is stored. */
  private static byte[] photograph(int orientation, ByteOrder order) throws IOException {
    BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < HEIGHT; y++) {
      for (int x = 0; x < WIDTH; x++) {
        image.setRGB(x, y, x < WIDTH / 2 && y < HEIGHT / 2 ? 0xE01010 : 0x1010E0);
      }
    }
    ByteArrayOutputStream plain = new ByteArrayOutputStream();
    ImageIO.write(image, "jpeg", plain);
    byte[] jpeg = plain.toByteArray();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.write(jpeg, 0, 2);
    bytes.write(exif(orientation, order));
    bytes.write(jpeg, 2, jpeg.length - 2);
    return bytes.toByteArray();
  }

  private static byte[] exif(int orientation, ByteOrder order) {
    ByteBuffer part = ByteBuffer.allocate(4 + 6 + 8 + 2 + 12 + 4);
    part.putShort((short) 0xFFE1).putShort((short) (part.capacity() - 2));
    part.put(new byte[] {'E', 'x', 'i', 'f', 0, 0});
    part.order(order);
    part.putShort((short) (order == ByteOrder.BIG_ENDIAN ? 0x4D4D : 0x4949)).putShort((short) 42);
    part.putInt(8).putShort((short) 1);
    part.putShort((short) 0x0112).putShort((short) 3).putInt(1);
    part.putShort((short) orientation).putShort((short) 0).putInt(0);
    return part.array();
  }
}
