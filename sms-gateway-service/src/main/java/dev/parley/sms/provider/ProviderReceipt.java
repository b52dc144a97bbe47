package dev.parley.sms.provider;

import dev.parley.contracts.event.DeliveryStatus;

/**
 * That the carrier has a text.
 *
 * @param providerId the carrier's id of it
 * @param status how far it is already
 * @param code the carrier's, where it failed
 * @param reason the same in plain words
 * @param segments as the carrier counts; 0 when it did not say
 */
public record ProviderReceipt(
    String providerId, DeliveryStatus status, String code, String reason, int segments) {}
