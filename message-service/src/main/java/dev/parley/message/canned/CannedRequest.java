package dev.parley.message.canned;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;

/**
 * A text to be used again.
 *
 * @param shortCode what it is called by when writing; unique in its scope, whatever its case
 * @param body may have variables, such as {@code {{customer.name}}}
 */
public record CannedRequest(
    @NotNull @Pattern(regexp = CODE, message = "must be a short code") String shortCode,
    @NotNull String body,
    @NotNull CannedScope scope) {

  static final String CODE = "[A-Za-z0-9][A-Za-z0-9._-]{0,63}";

  @Override
  public String toString() {
    return "CannedRequest";
  }
}
