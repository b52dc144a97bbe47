package dev.parley.message.attachment;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/**
 * Where to put the bytes.
 *
 * @param uploadHeaders to be sent with the PUT; they are part of the signature
 */
public record UploadView(
    UUID id, String uploadUrl, Map<String, String> uploadHeaders, Instant expiresAt) {}
