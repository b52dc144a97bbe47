package dev.parley.sms;

import dev.parley.contracts.event.DeliveryStatus;
import java.time.Instant;
import java.util.UUID;

/**
 * One text to one number.
 *
 * @param body plain, as it goes over the air
 * @param code the carrier's, where it failed
 * @param reason the same in plain words
 * @param providerId the carrier's id of it; absent while it is not known to have it
 * @param attemptId of the claim under way: a report on an older one changes nothing
 * @param claimedAt when the last claim was made
 * @param dueAt when to look at it again
 */
public record Sms(
    UUID id,
    String tenant,
    UUID conversationId,
    UUID messageId,
    String ownNumber,
    String theirNumber,
    String body,
    int segments,
    Dispatch dispatch,
    DeliveryStatus status,
    String code,
    String reason,
    String provider,
    String providerId,
    UUID attemptId,
    int attempts,
    Instant claimedAt,
    Instant dueAt,
    Instant createdAt) {

  /**
   * After news of it: the higher status stays, and whoever has a carrier's id is with the carrier.
   */
  public Sms after(News news) {
    boolean rises = status.givesWayTo(news.status());
    boolean known = providerId != null || news.providerId() != null;
    return new Sms(
        id,
        tenant,
        conversationId,
        messageId,
        ownNumber,
        theirNumber,
        body,
        news.segments() > 0 ? news.segments() : segments,
        known || news.status().isFailure() ? Dispatch.DONE : dispatch,
        rises ? news.status() : status,
        rises ? news.code() : code,
        rises ? news.reason() : reason,
        provider,
        providerId == null ? news.providerId() : providerId,
        attemptId,
        attempts,
        claimedAt,
        dueAt,
        createdAt);
  }

  /** In another state of dispatch, to be looked at again then. */
  public Sms becomes(Dispatch next, Instant due) {
    return new Sms(
        id,
        tenant,
        conversationId,
        messageId,
        ownNumber,
        theirNumber,
        body,
        segments,
        next,
        status,
        code,
        reason,
        provider,
        providerId,
        attemptId,
        attempts,
        claimedAt,
        due,
        createdAt);
  }

  /** Without numbers and body: fit for logs. */
  @Override
  public String toString() {
    return "Sms[id=" + id + ", dispatch=" + dispatch + ", status=" + status + "]";
  }

  /**
   * What we were told of a text.
   *
   * @param providerId the carrier's id; absent when it did not take it
   * @param segments as the carrier counts; 0 when it did not say
   */
  public record News(
      String providerId, DeliveryStatus status, String code, String reason, int segments) {}
}
