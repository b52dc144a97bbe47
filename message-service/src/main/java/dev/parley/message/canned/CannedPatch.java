package dev.parley.message.canned;

import jakarta.validation.constraints.Null;
import jakarta.validation.constraints.Pattern;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What is to change of a canned response; what is absent stays, and its scope is for good. */
public record CannedPatch(
    @Pattern(regexp = CannedRequest.CODE, message = "must be a short code") String shortCode,
    String body,
    @Schema(hidden = true) @Null(message = "cannot be changed") Object scope) {

  @Override
  public String toString() {
    return "CannedPatch";
  }
}
