package dev.parley.search.find;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.chassis.CrmRecords;
import dev.parley.chassis.CrmUser;
import dev.parley.chassis.TimelineLog;
import dev.parley.chassis.Tokens;
import dev.parley.contracts.Ids;
import dev.parley.contracts.Topics;
import dev.parley.contracts.event.RecordRef;
import dev.parley.search.WithBackEnds;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Who sees a deal finds what is said in its room (product.md §1, §3). */
@QuarkusTest
class DealRoomsTest extends WithBackEnds {
  private final String ana = Tokens.user(tenant, "ana");
  private final String cara = Tokens.user(tenant, "cara");
  private final String dan = Tokens.user(tenant, "dan");
  private final CrmRecords crm = new CrmRecords(tenant);
  private final TimelineLog room = TimelineLog.dealRoom(tenant, "d1", "ana");

  @Test
  void everyUserWhoSeesTheDealFindsItAndNobodyElse() {
    room.say("ana", "turbine signed");
    awaitFound(SOON, ana, "turbine", 1);
    assertThat(found(cara, "q", "turbine")).isEmpty();

    crm.tell("deal", "d1", 1, Map.of());
    awaitFound(SOON, cara, "turbine", 1);
    assertThat(found(cara, "q", "turbine", "conversationId", room.id()))
        .containsExactly("turbine signed");
    assertThat(found(cara, "q", "turbine", "conversationId", Ids.next())).isEmpty();
    assertThat(found(ana, "q", "turbine")).hasSize(1);
    String root = Tokens.of(tenant, "cara", Map.of("roles", "user", "impersonator", "root"));
    assertThat(found(root, "q", "turbine")).hasSize(1);
    for (String roles : List.of("client", "service", "operator")) {
      String other = Tokens.of(tenant, "cara", Map.of("roles", roles));
      assertThat(found(other, "q", "turbine")).as(roles).isEmpty();
    }
    assertThat(found(Tokens.user("t" + Ids.next(), "cara"), "q", "turbine")).isEmpty();
  }

  @Test
  void theCrmNarrowsWhoFindsItAndEndsItForAllButMembers() {
    room.say("ana", "gearbox signed");
    crm.tell("deal", "d1", 1, Map.of());
    awaitFound(SOON, cara, "gearbox", 1);
    crm.tell(Topics.PARLEY_CRM_RECORDS, "deal", "d1", 2, Map.of("visibleTo", List.of("dan")));
    awaitFound(SOON, cara, "gearbox", 0);
    awaitFound(SOON, dan, "gearbox", 1);
    assertThat(found(ana, "q", "gearbox")).hasSize(1);
    crm.delete("deal", "d1", 3);
    awaitFound(SOON, dan, "gearbox", 0);
    assertThat(found(ana, "q", "gearbox")).hasSize(1);
  }

  @Test
  void whatComesTwiceOrLateBringsNothingBack() {
    room.say("ana", "rotor signed");
    crm.tell("deal", "d1", 1, Map.of());
    awaitFound(SOON, cara, "rotor", 1);
    crm.tell("deal", "d1", 3, Map.of("visibleTo", List.of("dan")));
    crm.tell("deal", "d1", 2, Map.of());
    crm.tell("deal", "d1", 3, Map.of("visibleTo", List.of("dan")));
    crm.tell("deal", "d1", 1, Map.of());
    // Of one key records come in order: with this one all before it have come.
    crm.tell("deal", "d1", 4, Map.of("visibleTo", List.of("dan", "eve")));
    awaitFound(SOON, Tokens.user(tenant, "eve"), "rotor", 1);
    assertThat(found(cara, "q", "rotor")).isEmpty();
    assertThat(found(dan, "q", "rotor")).hasSize(1);
  }

  @Test
  void ofAssignedDataItTakesTheDealOrItsAccountTeam() {
    room.say("ana", "blade signed");
    crm.tell("deal", "d1", 1, Map.of("ownerId", "eve", "companyId", "acme"));
    awaitFound(SOON, dan, "blade", 1);
    String limited = Tokens.assignedOnly(tenant, "dan");
    assertThat(found(limited, "q", "blade")).isEmpty();
    assertThat(found(Tokens.assignedOnly(tenant, "eve"), "q", "blade")).hasSize(1);

    new CrmUser(tenant, "dan").tell(1, Map.of("assignedDataOnly", true));
    awaitFound(SOON, dan, "blade", 0);
    crm.tell("company", "acme", 1, Map.of("accountTeam", List.of("dan")));
    awaitFound(SOON, dan, "blade", 1);
    assertThat(found(limited, "q", "blade")).hasSize(1);
    crm.tell("company", "acme", 2, Map.of());
    awaitFound(SOON, dan, "blade", 0);
    new CrmUser(tenant, "dan").tell(2, Map.of());
    awaitFound(SOON, dan, "blade", 1);
  }

  @Test
  void anotherDealThatIsAttachedLaterLetsNobodyIn() {
    room.say("ana", "nacelle signed");
    crm.tell("deal", "d1", 1, Map.of("visibleTo", List.of("dan")));
    crm.tell("deal", "d2", 1, Map.of());
    awaitFound(SOON, dan, "nacelle", 1);
    room.attach(new RecordRef("deal", "d2"));
    TimelineLog other = TimelineLog.dealRoom(tenant, "d2", "ana");
    other.say("ana", "nacelle priced");
    room.say("ana", "nacelle shipped");
    awaitFound(SOON, ana, "nacelle", 3);
    assertThat(found(cara, "q", "nacelle")).containsExactly("nacelle priced");
    assertThat(found(dan, "q", "nacelle")).hasSize(3);
  }
}
