package dev.parley.message.provider;

import com.twelvemonkeys.imageio.plugins.webp.WebPImageReaderSpi;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Locale;
import java.util.Set;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.spi.IIORegistry;
import javax.imageio.stream.ImageInputStream;

/**
 * Sizes and small pictures of images, as they are to be seen: turned as the camera was. An image is
 * never decoded whole: its size is read from its header, and above the limit that is all; below,
 * only every n-th pixel is kept, of one row after the other, so a row has a limit as well. WebP and
 * TIFF cannot be decoded but whole, or tile by tile, so their limit is lower.
 */
public final class Images {
  private static final int SIDE = 320;
  private static final int LONGEST_ROW = 65_535;
  private static final long MOST_BYTES_AT_ONCE = 48_000_000;
  private static final int MOST_BYTES_OF_A_PIXEL = 8;
  private static final Set<String> WHOLE = Set.of("webp", "tif", "tiff");

  static {
    // Found by itself only where the first to use ImageIO had the right class loader.
    IIORegistry.getDefaultInstance().registerServiceProvider(new WebPImageReaderSpi());
  }

  private Images() {}

  /**
   * What an image is.
   *
   * @param thumbnail null when none could be made
   * @param thumbnailType its type
   */
  public record Picture(int width, int height, byte[] thumbnail, String thumbnailType) {}

  /** The picture; null for what no reader here understands. Blocks. */
  public static Picture read(Path file, long maxPixels) {
    ImageReader reader = null;
    try (ImageInputStream in = ImageIO.createImageInputStream(file.toFile())) {
      Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
      if (!readers.hasNext()) {
        return null;
      }
      reader = readers.next();
      reader.setInput(in, true, true);
      int width = reader.getWidth(0);
      int height = reader.getHeight(0);
      if (width <= 0 || height <= 0) {
        return null;
      }
      Orientation orientation = orientation(file);
      boolean turned = orientation.isOnItsSide();
      Picture size = new Picture(turned ? height : width, turned ? width : height, null, null);
      return width <= LONGEST_ROW && (long) width * height <= maxPixels && fitsAtOnce(reader)
          ? withThumbnail(reader, size, orientation)
          : size;
    } catch (IOException | RuntimeException unreadable) {
      // A broken image is a file like any other. The readers throw all kinds of exceptions.
      return null;
    } finally {
      if (reader != null) {
        reader.dispose();
      }
    }
  }

  /** Whether there is room for what the reader has to have in memory at the same time. */
  private static boolean fitsAtOnce(ImageReader reader) throws IOException {
    if (!WHOLE.contains(reader.getFormatName().toLowerCase(Locale.ROOT))) {
      return true;
    }
    long tile = (long) reader.getTileWidth(0) * reader.getTileHeight(0);
    long pixels = Math.max(tile, (long) reader.getWidth(0) * reader.getHeight(0));
    ImageTypeSpecifier type = reader.getRawImageType(0);
    int bytes =
        type == null ? MOST_BYTES_OF_A_PIXEL : (type.getColorModel().getPixelSize() + 7) / 8;
    return pixels * bytes <= MOST_BYTES_AT_ONCE;
  }

  /** A small picture that stands for another one. */
  public record Small(byte[] bytes, String type) {}

  /**
   * The picture made small and written anew, so that nothing is left of the bytes that came; null
   * for what no reader here understands, and above the limit. Blocks.
   */
  public static Small small(byte[] image, long maxPixels) throws IOException {
    Path file = Files.createTempFile("picture", null);
    try {
      Files.write(file, image);
      Picture picture = read(file, maxPixels);
      return picture == null || picture.thumbnail() == null
          ? null
          : new Small(picture.thumbnail(), picture.thumbnailType());
    } finally {
      Files.delete(file);
    }
  }

  private static Orientation orientation(Path file) throws IOException {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
      return Orientation.of(in);
    }
  }

  private static Picture withThumbnail(ImageReader reader, Picture size, Orientation orientation) {
    try {
      int step = Math.max(1, Math.max(size.width(), size.height()) / (2 * SIDE));
      ImageReadParam param = reader.getDefaultReadParam();
      param.setSourceSubsampling(step, step, 0, 0);
      BufferedImage small = orientation.apply(shrink(reader.read(0, param)));
      boolean opaque = !small.getColorModel().hasAlpha();
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      boolean written = ImageIO.write(small, opaque ? "jpeg" : "png", bytes);
      return written
          ? new Picture(
              size.width(), size.height(), bytes.toByteArray(), opaque ? "image/jpeg" : "image/png")
          : size;
    } catch (IOException | RuntimeException unreadable) {
      return size;
    }
  }

  private static BufferedImage shrink(BufferedImage image) {
    double scale = Math.min(1, (double) SIDE / Math.max(image.getWidth(), image.getHeight()));
    int width = Math.max(1, (int) Math.round(image.getWidth() * scale));
    int height = Math.max(1, (int) Math.round(image.getHeight() * scale));
    boolean alpha = image.getColorModel().hasAlpha();
    BufferedImage small =
        new BufferedImage(
            width, height, alpha ? BufferedImage.TYPE_INT_ARGB : BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = small.createGraphics();
    graphics.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
    graphics.drawImage(image, 0, 0, width, height, null);
    graphics.dispose();
    return small;
  }
}
