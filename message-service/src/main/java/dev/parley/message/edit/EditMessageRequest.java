package dev.parley.message.edit;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;

/**
 * What a message says from now on.
 *
 * @param mentions user ids, {@code channel}, {@code here}; absent: as they were
 * @param confirm needed where {@code channel} or {@code here} is new and alerts 50 people or more
 */
public record EditMessageRequest(
    @NotNull String body,
    @Size(max = 100)
        List<
                @NotNull @Pattern(regexp = "[A-Za-z0-9._:@-]{1,128}", message = "is no user id")
                String>
            mentions,
    Boolean confirm) {

  /** Who is named twice is mentioned once. */
  public EditMessageRequest {
    mentions = mentions == null ? null : mentions.stream().distinct().toList();
  }

  @Override
  public String toString() {
    return "EditMessageRequest";
  }
}
