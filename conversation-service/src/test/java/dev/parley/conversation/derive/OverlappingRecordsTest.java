package dev.parley.conversation.derive;

import dev.parley.chassis.tx.Tx;
import dev.parley.contracts.Json;
import dev.parley.contracts.event.CrmRecord;
import dev.parley.conversation.Team;
import dev.parley.conversation.WithBackEnds;
import dev.parley.conversation.copy.RecordWrites;
import dev.parley.conversation.derive.Due.Noted;
import dev.parley.conversation.derive.Due.RecordKey;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A record changes once more while another node works off its last change. */
@QuarkusTest
class OverlappingRecordsTest extends WithBackEnds {
  @Inject Tx tx;
  @Inject RecordWrites records;
  @Inject DerivationLoop loop;
  @Inject Derive derive;
  @Inject Due due;

  private Team team;
  private String acme;
  private String globex;

  @BeforeEach
  void companies() {
    team = Team.of();
    team.has("company", "acme", 1, Map.of("name", "Acme"));
    team.has("company", "globex", 1, Map.of("name", "Globex"));
    acme = Crm.of(team, "company", "acme");
    globex = Crm.of(team, "company", "globex");
  }

  private Uni<Void> stored(int version, String company) {
    return tx.write(work -> records.upsert(work, List.of(carla(version, company))))
        .replaceWithVoid();
  }

  private CrmRecord carla(int version, String company) {
    return Json.read(
        Json.text(
            Map.of(
                "op",
                "upsert",
                "tenant",
                team.tenant(),
                "type",
                "contact",
                "id",
                "carla",
                "version",
                version,
                "client",
                true,
                "companyId",
                company)),
        CrmRecord.class);
  }

  /** The round of another node ends between the writing of the second change and its commit. */
  @Test
  void aChangeThatIsNotCommittedYetIsWorkedOffAfterIt() {
    stored(1, "acme")
        .chain(
            () ->
                tx.write(
                    work ->
                        records
                            .upsert(work, List.of(carla(2, "globex")))
                            .chain(() -> loop.records())))
        .await()
        .atMost(Duration.ofSeconds(30));

    Crm.has(team, globex, "client:carla");
    Crm.has(team, acme);
  }

  /** Another node looks for those concerned before the one that lets carla in has committed. */
  @Test
  void whoIsLetInWhileTheRecordMovesOnGoesAgain() {
    List<Noted> noted = List.of(new Noted(team.tenant(), UUID.fromString(acme)));
    stored(1, "acme")
        .chain(
            () ->
                tx.write(
                    work ->
                        due.mark(work, List.of(new RecordKey(team.tenant(), "company", "acme")))
                            .chain(() -> derive.derive(work, noted))
                            .chain(() -> stored(2, "globex"))
                            .chain(() -> loop.records())))
        .await()
        .atMost(Duration.ofSeconds(30));

    Crm.has(team, globex, "client:carla");
    Crm.has(team, acme);
  }
}
