package dev.parley.message.attachment;

import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.Base64;
import java.util.HexFormat;

/**
 * A file to upload (api.md, message-service).
 *
 * @param fileName without a path
 * @param size in bytes, exactly
 * @param contentType as the uploader knows it; what counts later is what the bytes say
 * @param sha256 of the bytes, in hexadecimal or Base64
 */
public record UploadRequest(
    @NotNull
        @Size(max = 255)
        @Pattern(regexp = "[^/\\\\\\p{Cntrl}]*", message = "must be a name without a path")
        String fileName,
    @NotNull @Min(1) Long size,
    @NotNull
        @Size(max = 127)
        @Pattern(
            regexp = "[A-Za-z0-9!#$&^_.+-]+/[A-Za-z0-9!#$&^_.+-]+( *;[ -~]*)?",
            message = "is no media type")
        String contentType,
    @NotNull
        @Pattern(
            regexp = "[0-9A-Fa-f]{64}|[A-Za-z0-9+/]{43}=",
            message = "must be a SHA-256 in hexadecimal or Base64")
        String sha256) {

  String sha256Hex() {
    return HexFormat.of().formatHex(digest());
  }

  static String base64(String hex) {
    return Base64.getEncoder().encodeToString(HexFormat.of().parseHex(hex));
  }

  private byte[] digest() {
    return sha256.length() == 64
        ? HexFormat.of().parseHex(sha256)
        : Base64.getDecoder().decode(sha256);
  }

  /** Without the file's name: fit for logs. */
  @Override
  public String toString() {
    return "UploadRequest[size=" + size + ", contentType=" + contentType + "]";
  }
}
