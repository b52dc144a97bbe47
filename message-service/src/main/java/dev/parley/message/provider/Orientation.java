package dev.parley.message.provider;

import java.awt.geom.AffineTransform;
import java.awt.image.AffineTransformOp;
import java.awt.image.BufferedImage;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * How a photograph is to be turned to stand upright: the tag {@code Orientation} (0x0112) in the
 * EXIF part of a JPEG file, 1 to 8 (TIFF 6.0, CIPA DC-008). Cameras store what the sensor saw and
 * say by it how they were held.
 */
enum Orientation {
  UPRIGHT(1, 0, 0, 1),
  MIRRORED(-1, 0, 0, 1),
  UPSIDE_DOWN(-1, 0, 0, -1),
  FLIPPED(1, 0, 0, -1),
  TRANSPOSED(0, 1, 1, 0),
  TURNED_RIGHT(0, 1, -1, 0),
  TRANSVERSED(0, -1, -1, 0),
  TURNED_LEFT(0, -1, 1, 0);

  private static final int TAG = 0x0112;
  private static final int SHORT = 3;
  private static final int ENTRY_BYTES = 12;
  private static final byte[] EXIF = "Exif\0\0".getBytes(StandardCharsets.US_ASCII);
  private static final Orientation[] ALL = values();

  private final double[] matrix;

  Orientation(double xToX, double xToY, double yToX, double yToY) {
    this.matrix = new double[] {xToX, xToY, yToX, yToY};
  }

  /** What the file says; upright for all that is no JPEG, or says nothing that can be read. */
  static Orientation of(InputStream file) throws IOException {
    DataInputStream in = new DataInputStream(file);
    try {
      if (in.readUnsignedShort() != 0xFFD8) {
        return UPRIGHT;
      }
      while (true) {
        int marker = in.readUnsignedShort();
        // Nothing of this kind comes behind the beginning of the picture itself.
        if (marker >>> 8 != 0xFF || marker == 0xFFDA) {
          return UPRIGHT;
        }
        byte[] part = in.readNBytes(Math.max(0, in.readUnsignedShort() - 2));
        if (marker == 0xFFE1 && part.length > EXIF.length && startsWith(part, EXIF)) {
          return of(ByteBuffer.wrap(part, EXIF.length, part.length - EXIF.length).slice());
        }
      }
    } catch (EOFException | IndexOutOfBoundsException | IllegalArgumentException broken) {
      return UPRIGHT;
    }
  }

  private static Orientation of(ByteBuffer tiff) {
    tiff.order(tiff.getShort(0) == 0x4949 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
    int directory = tiff.getInt(4);
    int entries = tiff.getShort(directory) & 0xFFFF;
    for (int i = 0; i < entries; i++) {
      int entry = directory + 2 + i * ENTRY_BYTES;
      if ((tiff.getShort(entry) & 0xFFFF) == TAG && tiff.getShort(entry + 2) == SHORT) {
        int value = tiff.getShort(entry + 8);
        return value >= 1 && value <= ALL.length ? ALL[value - 1] : UPRIGHT;
      }
    }
    return UPRIGHT;
  }

  private static boolean startsWith(byte[] part, byte[] with) {
    return Arrays.equals(part, 0, with.length, with, 0, with.length);
  }

  /** Whether what was stored as its width is its height. */
  boolean isOnItsSide() {
    return matrix[0] == 0;
  }

  /** The picture as it is to be seen. */
  BufferedImage apply(BufferedImage stored) {
    if (this == UPRIGHT) {
      return stored;
    }
    int width = stored.getWidth();
    int height = stored.getHeight();
    // What the matrix moves to the left of, or above, the origin is moved back into view.
    double left = Math.min(0, matrix[0] * width + matrix[2] * height);
    double top = Math.min(0, matrix[1] * width + matrix[3] * height);
    AffineTransform turn =
        new AffineTransform(matrix[0], matrix[1], matrix[2], matrix[3], -left, -top);
    BufferedImage upright =
        new BufferedImage(
            isOnItsSide() ? height : width, isOnItsSide() ? width : height, stored.getType());
    return new AffineTransformOp(turn, AffineTransformOp.TYPE_NEAREST_NEIGHBOR)
        .filter(stored, upright);
  }
}
