package dev.parley.chassis.app;

import dev.parley.chassis.caller.Caller;
import dev.parley.chassis.caller.Callers;
import dev.parley.chassis.idempotency.Idempotency;
import dev.parley.chassis.idempotency.Idempotency.Answer;
import dev.parley.chassis.page.Page;
import dev.parley.chassis.problem.Problem;
import dev.parley.chassis.tx.Tx;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jboss.resteasy.reactive.RestResponse;

/** Everything that can go well or wrong in a request. */
@Path("/v1/probes")
@Authenticated
public class ProbeResource {
  private final Callers callers;
  private final Idempotency idempotency;
  private final Things things;
  private final Tx tx;

  ProbeResource(Callers callers, Idempotency idempotency, Things things, Tx tx) {
    this.callers = callers;
    this.idempotency = idempotency;
    this.things = things;
    this.tx = tx;
  }

  @GET
  @Path("me")
  public Caller me() {
    return callers.current();
  }

  @POST
  @Path("me")
  public Caller acting() {
    return callers.current();
  }

  @GET
  public Page<String> list(@QueryParam("limit") Integer limit) {
    return new Page<>(List.of("limit " + Page.limit(limit)), null);
  }

  @GET
  @Path("texts")
  public List<String> texts(@QueryParam("q") String q, @QueryParam("kind") String kind) {
    return List.of("q " + q, "kind " + kind);
  }

  @POST
  public Uni<RestResponse<Things.Thing>> create(
      @HeaderParam("Idempotency-Key") String key, @NotNull @Valid Creation request) {
    Caller caller = callers.current();
    return idempotency
        .write(
            caller,
            key,
            "POST /v1/probes",
            request,
            Things.Thing.class,
            work ->
                things
                    .create(work, caller.tenant(), request.name())
                    .map(thing -> new Answer<>(201, thing)))
        .map(
            answer ->
                RestResponse.ResponseBuilder.<Things.Thing>create(answer.status())
                    .entity(answer.body())
                    .build());
  }

  @POST
  @Path("{key}/events")
  public Uni<Map<String, Long>> emit(@PathParam("key") String key) {
    return things.next(callers.current().tenant(), key, Map.of()).map(n -> Map.of("n", n));
  }

  @GET
  @Path("{id}")
  public Uni<Void> byId(@PathParam("id") UUID id) {
    throw Problem.notFound();
  }

  @GET
  @Path("names")
  public Uni<List<String>> names(@QueryParam("unasked") Boolean unasked) {
    if (unasked == null) {
      callers.current();
    }
    return things.names();
  }

  @DELETE
  @Path("names/{name}")
  public Uni<Void> drop(@PathParam("name") String name) {
    return tx.change(
            "delete from thing where tenant = $1 and name = $2",
            Tuple.of(callers.current().tenant(), name))
        .replaceWithVoid();
  }

  @GET
  @Path("database")
  public Uni<Integer> database() {
    return tx.read("select 1", Tuple.tuple()).map(rows -> rows.iterator().next().getInteger(0));
  }

  @GET
  @Path("slow")
  public Uni<String> slow(@QueryParam("ms") long ms) {
    return Uni.createFrom().item("at last").onItem().delayIt().by(Duration.ofMillis(ms));
  }

  @GET
  @Path("failures/{kind}")
  public Uni<Void> fail(@PathParam("kind") String kind) {
    return switch (kind) {
      case "unexpected" -> Uni.createFrom().failure(new IllegalStateException("a secret"));
      case "caller" -> {
        callers.current();
        yield Uni.createFrom().failure(new IllegalStateException("a secret"));
      }
      case "sql" -> tx.read("select 'a secret'::int", Tuple.tuple()).replaceWithVoid();
      default ->
          throw Problem.unavailable(Duration.ofSeconds(7)).with("current", Map.of("version", 3));
    };
  }

  /** What is to be created. */
  public record Creation(
      @NotBlank @Size(max = 20) String name, Integer count, List<@Valid Member> members) {}

  /** Somebody in it. */
  public record Member(@NotNull @Pattern(regexp = "[a-z]+") String userId) {}
}
