package dev.parley.message.attachment;

import java.time.Instant;

/** Where to get the bytes from, until then. */
public record DownloadView(String url, Instant expiresAt) {}
