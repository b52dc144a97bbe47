package dev.parley.presence.ticket;

import dev.parley.chassis.caller.CallerNames;
import dev.parley.chassis.caller.Callers;
import dev.parley.presence.Session;
import dev.parley.presence.Tickets;
import io.quarkus.security.Authenticated;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jboss.resteasy.reactive.ResponseStatus;

/** Tickets for the socket (api.md, presence-service). */
@Path("/v1/realtime/tickets")
@Authenticated
@Produces(MediaType.APPLICATION_JSON)
public class TicketResource {
  private final Callers callers;
  private final SecurityIdentity identity;
  private final CallerNames names;
  private final Tickets tickets;

  TicketResource(Callers callers, SecurityIdentity identity, CallerNames names, Tickets tickets) {
    this.callers = callers;
    this.identity = identity;
    this.names = names;
    this.tickets = tickets;
  }

  @POST
  @ResponseStatus(201)
  @Operation(
      operationId = "issueTicket",
      summary = "A ticket that opens one socket, on any node, within 30 seconds")
  @APIResponse(
      responseCode = "201",
      description = "The ticket",
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = TicketView.class)))
  public Uni<TicketView> issue() {
    JsonWebToken token = (JsonWebToken) identity.getPrincipal();
    Instant expiresAt = Instant.ofEpochSecond(token.getExpirationTime());
    return names
        .called(callers.current())
        .map(caller -> tickets.issue(Session.of(caller, expiresAt)))
        .map(ticket -> new TicketView(ticket, Tickets.TTL.toSeconds()));
  }
}
