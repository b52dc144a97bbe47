package dev.parley.message.canned;

import jakarta.validation.constraints.Pattern;

/** What is to change of a canned response; what is absent stays. */
public record CannedPatch(
    @Pattern(regexp = CannedRequest.CODE, message = "must be a short code") String shortCode,
    String body) {

  @Override
  public String toString() {
    return "CannedPatch";
  }
}
