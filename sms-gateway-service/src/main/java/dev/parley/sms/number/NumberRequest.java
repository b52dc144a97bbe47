package dev.parley.sms.number;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;

/**
 * What an administrator says of a number; the whole of it, absent is removed.
 *
 * @param queueId the queue in which its texts wait
 * @param userId who holds it
 */
record NumberRequest(
    @NotNull @Pattern(regexp = "twilio", message = "must be twilio") String carrier,
    @NotBlank @Size(max = 80) String label,
    @NotNull Boolean smsEnabled,
    String queueId,
    @Pattern(
            regexp = "(?!(me|channel|here|all)$)[A-Za-z0-9._:@-]{1,128}",
            message = "must be a user's id")
        String userId) {

  /** Without label and ids: fit for logs. */
  @Override
  public String toString() {
    return "NumberRequest[carrier=" + carrier + "]";
  }
}
