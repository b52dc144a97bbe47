package dev.parley.message.attachment;

import dev.parley.chassis.problem.Code;
import dev.parley.chassis.problem.Problem;
import dev.parley.message.Attachments.Findings;
import dev.parley.message.StoredFile;
import dev.parley.message.provider.Images;
import dev.parley.message.provider.ObjectStorage;
import dev.parley.message.provider.Scanner;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalLong;

/**
 * Looks at what was uploaded. It is first copied to where no address given out can write, so what
 * is checked here is what is downloaded later.
 */
@ApplicationScoped
class Inspection {
  private final ObjectStorage storage;
  private final Scanner scanner;
  private final AttachmentConfig config;

  Inspection(ObjectStorage storage, Scanner scanner, AttachmentConfig config) {
    this.storage = storage;
    this.scanner = scanner;
    this.config = config;
  }

  /**
   * What the bytes are. Blocks.
   *
   * @throws Problem 422 when nothing was uploaded yet; 503 when the store does not answer
   */
  Findings of(StoredFile file) {
    OptionalLong size = storage.size(file.uploadKey());
    if (size.isEmpty()) {
      throw Problem.of(Code.ATTACHMENT_NOT_USABLE, "Nothing was uploaded yet.");
    }
    if (size.getAsLong() != file.size()) {
      return rejected(file, "size_mismatch");
    }
    storage.copy(file.uploadKey(), file.key());
    try {
      Path local = Files.createTempFile("upload", null);
      try {
        String reason = fetch(file, local);
        return reason == null ? look(file, local) : rejected(file, reason);
      } finally {
        Files.delete(local);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String fetch(StoredFile file, Path local) throws IOException {
    MessageDigest digest = sha256();
    try (InputStream in = new DigestInputStream(storage.open(file.key()), digest)) {
      long size = Files.copy(in, local, StandardCopyOption.REPLACE_EXISTING);
      if (size != file.size()) {
        return "size_mismatch";
      }
    }
    boolean same = HexFormat.of().formatHex(digest.digest()).equals(file.sha256());
    return same ? null : "checksum_mismatch";
  }

  private Findings look(StoredFile file, Path local) throws IOException {
    String type = Types.of(local, file.fileName());
    if (Types.isDisguised(file.contentType(), type)) {
      return new Findings("rejected", "type_mismatch", type, null, null, null);
    }
    String state = scanner.isConfigured() ? "scanning" : "ready";
    Images.Picture picture =
        type.startsWith("image/") ? Images.read(local, config.maxImagePixels()) : null;
    if (picture == null) {
      return new Findings(state, null, type, null, null, null);
    }
    if (picture.thumbnail() != null) {
      storage.put(file.thumbnailKey(), picture.thumbnail(), picture.thumbnailType());
    }
    return new Findings(
        state, null, type, picture.width(), picture.height(), picture.thumbnailType());
  }

  /** Removes the bytes, wherever they are. Blocks. */
  void remove(StoredFile file) {
    storage.delete(List.of(file.uploadKey(), file.key(), file.thumbnailKey()));
  }

  /** Removes what the upload's own address can write. Blocks. */
  void removeUpload(StoredFile file) {
    storage.delete(List.of(file.uploadKey()));
  }

  private static Findings rejected(StoredFile file, String reason) {
    return new Findings("rejected", reason, file.contentType(), null, null, null);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
