package dev.parley.presence.edge;

import dev.parley.chassis.caller.CallerNames;
import dev.parley.chassis.caller.Callers;
import dev.parley.chassis.problem.Code;
import dev.parley.chassis.problem.Outages;
import dev.parley.chassis.problem.Problem;
import dev.parley.presence.Session;
import dev.parley.presence.Tickets;
import io.netty.channel.ChannelHandlerContext;
import io.quarkus.oidc.AccessTokenCredential;
import io.quarkus.oidc.TenantIdentityProvider;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.websockets.next.HttpUpgradeCheck;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.impl.ConnectionBase;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import org.eclipse.microprofile.jwt.JsonWebToken;

/**
 * Who may open a socket: a page of an allowed origin, or no page at all; with a ticket, or with a
 * token in {@code Authorization} (api.md, presence-service). The person's memberships are read
 * here, before the upgrade.
 *
 * <p>A refusal is a {@link Problem}, written by {@link Refusals}.
 */
@ApplicationScoped
class Admission implements HttpUpgradeCheck {
  static final String PATH = "/v1/realtime";
  static final String PROTOCOL = "parley.v1";
  private static final String BEARER = "Bearer ";
  private static final Duration SOON = Duration.ofSeconds(1);

  private final EdgeConfig config;
  private final Tickets tickets;
  private final Callers callers;
  private final TenantIdentityProvider identities;
  private final CallerNames names;
  private final Station station;
  private final Shards shards;
  private final Tail tail;
  private final Drain drain;

  Admission(
      EdgeConfig config,
      Tickets tickets,
      Callers callers,
      TenantIdentityProvider identities,
      CallerNames names,
      Station station,
      Shards shards,
      Tail tail,
      Drain drain) {
    this.config = config;
    this.tickets = tickets;
    this.callers = callers;
    this.identities = identities;
    this.names = names;
    this.station = station;
    this.shards = shards;
    this.tail = tail;
    this.drain = drain;
  }

  @Override
  public Uni<CheckResult> perform(HttpUpgradeContext upgrade) {
    HttpServerRequest request = upgrade.httpRequest();
    return Uni.createFrom()
        .deferred(() -> session(request))
        .flatMap(session -> admit(upgrade, session))
        .onFailure(Outages::isOutage)
        .transform(outage -> Problem.unavailable(SOON));
  }

  private Uni<CheckResult> admit(HttpUpgradeContext upgrade, Session session) {
    HttpServerRequest request = upgrade.httpRequest();
    ChannelHandlerContext channel = ((ConnectionBase) request.connection()).channelHandlerContext();
    refuseByRecord(session);
    Station.Seat seat = seat(session);
    // Also where the upgrade comes to nothing.
    channel.channel().closeFuture().addListener(closed -> seat.release());
    return station
        .copies()
        .snapshot(session)
        .onFailure()
        .invoke(failure -> seat.release())
        .map(
            snapshot -> {
              upgrade
                  .userData()
                  .put(
                      Admitted.KEY,
                      new Admitted(
                          session,
                          seat,
                          snapshot,
                          request.getParam("cursor"),
                          shards.of(channel.channel().eventLoop()),
                          channel));
              return CheckResult.permitUpgradeSync();
            });
  }

  /** There is room for one more. */
  private Station.Seat seat(Session session) {
    Station.Seat seat = station.seat(session);
    if (seat == null) {
      throw Problem.of(Code.RATE_LIMITED, "This person has as many sockets here as may be.");
    }
    return seat;
  }

  /** A ticket may be older than what the record of its user says now. */
  private void refuseByRecord(Session session) {
    station
        .users()
        .refusal(session.person())
        .ifPresent(
            code -> {
              throw Problem.of(code, "The record of this user says so.");
            });
  }

  private Uni<Session> session(HttpServerRequest request) {
    String origin = request.getHeader("Origin");
    if (origin != null && !config.origins().contains(origin)) {
      throw Problem.of(Code.FORBIDDEN, "Pages of this origin may not open a socket.");
    }
    String offered = request.getHeader("Sec-WebSocket-Protocol");
    if (offered != null
        && Arrays.stream(offered.split(",")).map(String::strip).noneMatch(PROTOCOL::equals)) {
      throw Problem.invalid("Sec-WebSocket-Protocol", "must offer " + PROTOCOL);
    }
    if (!tail.isReady() || drain.isGoing()) {
      throw Problem.unavailable(SOON);
    }
    String ticket = request.getParam("ticket");
    if (ticket != null) {
      return tickets.take(ticket);
    }
    String authorization = request.getHeader("Authorization");
    if (authorization == null || !authorization.startsWith(BEARER)) {
      throw Problem.of(Code.UNAUTHENTICATED, "Send a ticket, or a token as Bearer.");
    }
    return identities
        .authenticate(new AccessTokenCredential(authorization.substring(BEARER.length())))
        .onFailure(AuthenticationFailedException.class)
        .transform(
            failure -> Problem.of(Code.UNAUTHENTICATED, "Send a valid access token as Bearer."))
        .map(identity -> (JsonWebToken) identity.getPrincipal())
        .flatMap(
            token -> {
              Instant expiresAt = Instant.ofEpochSecond(token.getExpirationTime());
              return names.called(callers.of(token)).map(caller -> Session.of(caller, expiresAt));
            });
  }
}
