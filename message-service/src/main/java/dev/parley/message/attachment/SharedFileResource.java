package dev.parley.message.attachment;

import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jboss.resteasy.reactive.RestPath;

/** {@code GET /v1/attachments/shared/{token}}: a file for who has nothing but the link. */
@Path("/v1/attachments/shared/{token}")
@PermitAll
public class SharedFileResource {
  private final ShareFile share;

  SharedFileResource(ShareFile share) {
    this.share = share;
  }

  /** The bytes, always as a download. */
  @GET
  @Blocking
  @Operation(operationId = "sharedFile", summary = "A file by its link")
  @APIResponse(
      responseCode = "200",
      description = "The bytes, as a download: `Content-Disposition`",
      content =
          @Content(
              mediaType = MediaType.APPLICATION_OCTET_STREAM,
              schema = @Schema(type = SchemaType.STRING, format = "binary")))
  @APIResponse(responseCode = "404", description = "`not_found`: no link, or not any more")
  @APIResponse(responseCode = "503", description = "`unavailable`")
  public Response file(@RestPath String token) {
    ShareFile.Shared shared = share.open(token);
    return Response.ok(shared.bytes())
        .type(shared.type())
        .header("Content-Length", shared.size())
        .header("Content-Disposition", shared.disposition())
        .header("X-Content-Type-Options", "nosniff")
        .header("Content-Security-Policy", "sandbox; default-src 'none'")
        .header("Cache-Control", "private, no-store")
        .build();
  }
}
