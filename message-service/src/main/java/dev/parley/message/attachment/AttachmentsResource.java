package dev.parley.message.attachment;

import dev.parley.chassis.caller.Callers;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestPath;

/** {@code /v1/attachments}: uploads and downloads; the bytes go past this service. */
@Path("/v1/attachments")
@Authenticated
@Produces(MediaType.APPLICATION_JSON)
public class AttachmentsResource {
  private final Callers callers;
  private final StartUpload start;
  private final CompleteUpload complete;
  private final DownloadFile download;
  private final DeleteFile delete;

  AttachmentsResource(
      Callers callers,
      StartUpload start,
      CompleteUpload complete,
      DownloadFile download,
      DeleteFile delete) {
    this.callers = callers;
    this.start = start;
    this.complete = complete;
    this.download = download;
    this.delete = delete;
  }

  /** Begins an upload: PUT the bytes to the address given, with the headers given. */
  @POST
  @Operation(operationId = "startUpload", summary = "Begin an upload")
  @APIResponse(
      responseCode = "201",
      description = "Where to put the bytes",
      content = @Content(schema = @Schema(implementation = UploadView.class)))
  @APIResponse(responseCode = "400", description = "`invalid_request`")
  @APIResponse(responseCode = "401", description = "`unauthenticated`")
  @APIResponse(responseCode = "413", description = "`too_large`")
  public Uni<Response> start(
      @RestHeader("Idempotency-Key") String key,
      @Valid @NotNull(message = "is required") UploadRequest request) {
    return start
        .start(callers.current(), key, request)
        .map(view -> Response.status(201).entity(view).build());
  }

  /** Says that the bytes are there; they are measured and looked at. May be repeated. */
  @POST
  @Path("{id}/complete")
  @Operation(operationId = "completeUpload", summary = "End an upload")
  @APIResponse(responseCode = "200", description = "What became of it")
  @APIResponse(responseCode = "404", description = "`not_found`")
  @APIResponse(
      responseCode = "422",
      description = "`attachment_not_usable`: nothing was uploaded yet")
  @APIResponse(responseCode = "503", description = "`unavailable`: the store does not answer")
  public Uni<StateView> complete(@RestPath String id) {
    return complete.complete(callers.current(), id);
  }

  /** An address for the bytes, valid for five minutes at most. */
  @GET
  @Path("{id}/download")
  @Operation(operationId = "downloadFile", summary = "An address to get a file from")
  @APIResponse(responseCode = "200", description = "The address")
  @APIResponse(responseCode = "404", description = "`not_found`")
  @APIResponse(responseCode = "422", description = "`attachment_not_usable`: not ready")
  public Uni<DownloadView> download(
      @RestPath String id, @QueryParam("thumbnail") Boolean thumbnail) {
    return download.address(callers.current(), id, Boolean.TRUE.equals(thumbnail));
  }

  /** Takes back an own file that was not sent. */
  @DELETE
  @Path("{id}")
  @Operation(operationId = "deleteFile", summary = "Take back a file that was not sent")
  @APIResponse(responseCode = "204", description = "Gone")
  @APIResponse(responseCode = "404", description = "`not_found`")
  public Uni<Void> delete(@RestPath String id) {
    return delete.delete(callers.current(), id);
  }
}
