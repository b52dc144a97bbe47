package dev.parley.conversation.lease;

import jakarta.validation.constraints.Size;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * Body of {@code POST …/leases/context}; it may be missing.
 *
 * @param sessionId of the socket's {@code hello}: the lease ends with that socket
 */
@Schema(example = "{\"sessionId\": \"8d1f0c52\"}")
public record LeaseRequest(
    @Size(min = 1, max = 128, message = "must be 1 to 128 characters") String sessionId) {}
