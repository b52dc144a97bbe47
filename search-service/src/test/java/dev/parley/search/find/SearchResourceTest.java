package dev.parley.search.find;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import dev.parley.chassis.CrmUser;
import dev.parley.chassis.TimelineLog;
import dev.parley.chassis.Tokens;
import dev.parley.contracts.Envelope;
import dev.parley.contracts.Ids;
import dev.parley.contracts.event.ConversationType;
import dev.parley.contracts.event.RecordRef;
import dev.parley.contracts.event.Visibility;
import dev.parley.search.WithBackEnds;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
class SearchResourceTest extends WithBackEnds {
  private final String ana = Tokens.user(tenant, "ana");
  private final String ben = Tokens.user(tenant, "ben");

  @Test
  void aMessageIsFoundWithinTwoSecondsByMembersAlone() {
    TimelineLog group = group("Launch", "ana", "ben");
    awaitFound(SOON, ana, "launch", 1);

    Envelope said = group.say("ana", "The quarterly figures are ready");

    awaitFound(PROMISED, ben, "quarterly", 1);
    JsonPath page = search(ana, "q", "quarterly figures");
    assertThat(page.getString("items[0].kind")).isEqualTo("message");
    assertThat(page.getString("items[0].authorId")).isEqualTo("ana");
    assertThat(page.getString("items[0].conversationId")).isEqualTo(group.id().toString());
    assertThat(page.getString("items[0].messageId")).isEqualTo(said.data().get("id").asText());
    assertThat(page.getLong("items[0].seq")).isEqualTo(1);
    assertThat(page.getString("items[0].title")).isEqualTo("Launch");
    assertThat(page.getString("items[0].snippet")).isEqualTo("The quarterly figures are ready");
    assertThat(page.getList("items[0].highlights"))
        .isEqualTo(List.of(List.of(4, 13), List.of(14, 21)));
    assertThat(page.getString("items[0].at")).isEqualTo(said.data().get("at").asText());
    assertThat(page.getString("total.relation")).isEqualTo("eq");
    assertThat(page.getString("next")).isNull();

    assertThat(found(Tokens.user(tenant, "stranger"), "q", "quarterly")).isEmpty();
    assertThat(found(Tokens.user("t" + Ids.next(), "ana"), "q", "quarterly")).isEmpty();
    JsonPath nothing = search(Tokens.user(tenant, "stranger"), "q", "quarterly");
    assertThat(nothing.getInt("total.value")).isZero();
  }

  @Test
  void aTokenIsNeeded() {
    given()
        .get("/v1/search?q=anything")
        .then()
        .statusCode(401)
        .contentType("application/problem+json")
        .body("code", equalTo("unauthenticated"));
  }

  @ParameterizedTest
  @CsvSource({
    "in=messages, q",
    "q=%20, q",
    "q=a&limit=0, limit",
    "q=a&in=letters, in",
    "q=a&in=messages%2C, in",
    "q=a&conversationId=12, conversationId",
    "q=a&from=yesterday, from",
    "q=a&from=%2B10000-01-01T00:00:00Z, from",
    "q=a&to=-0001-01-01T00:00:00Z, to",
    "q=a&to=2026-01-01, to",
    "q=a&recordType=deal, recordId",
    "q=a&has=pin, has",
    "q=a&has=file%2C, has",
    "q=a&has=FILE, has",
    "q=a&bookmark=blocker, bookmark",
    "q=a&cursor=made-up, cursor",
  })
  void aWrongParameterIsNamed(String query, String field) {
    as(ana)
        .urlEncodingEnabled(false)
        .get("/v1/search?" + query)
        .then()
        .statusCode(400)
        .body("violations[0].field", equalTo(field));
  }

  @Test
  void wordsMayHave512CharactersAndNoMore() {
    assertThat(found(ana, "q", "x".repeat(512))).isEmpty();
    as(ana).queryParam("q", "x".repeat(513)).get("/v1/search").then().statusCode(400);
  }

  @Test
  void nothingBeforeTheFirstVisibleMessageIsFound() {
    TimelineLog group = group("Newcomers", "ana");
    group.say("ana", "secretplan one");
    group.add("ben", true);
    group.say("ana", "secretplan two");
    group.add("cleo", false);

    awaitFound(SOON, ana, "secretplan", 2);
    awaitFound(SOON, ben, "secretplan", 1);
    assertThat(found(ben, "q", "secretplan")).containsExactly("secretplan two");
    awaitFound(SOON, Tokens.user(tenant, "cleo"), "secretplan", 2);
    assertThat(found(ben, "q", "newcomers")).containsExactly("Newcomers");
  }

  @Test
  void whoWasRemovedFindsNothingAndWhoCameBackOnlyWhatFollows() {
    TimelineLog group = group("Crew", "ana", "ben");
    group.say("ana", "harborlight one");
    awaitFound(SOON, ben, "harborlight", 1);

    group.remove("ben");
    awaitFound(SOON, ben, "harborlight", 0);
    assertThat(found(ben, "q", "crew")).isEmpty();

    group.add("ben", true);
    group.say("ana", "harborlight two");
    awaitFound(SOON, ben, "harborlight", 1);
    assertThat(found(ana, "q", "harborlight")).hasSize(2);
  }

  @Test
  void channelsAreFoundByTheTenantsUsersAndByNobodyElse() {
    TimelineLog log = TimelineLog.create(tenant, ConversationType.CHANNEL, "Cantina", "ana");
    log.say("ana", "soup of the day");
    awaitFound(SOON, ben, "soup", 1);
    assertThat(found(ben, "q", "cantina")).containsExactly("Cantina");
    assertThat(found(Tokens.assignedOnly(tenant, "dan"), "q", "soup")).hasSize(1);
    for (String roles : List.of("client", "service", "operator")) {
      String other = Tokens.of(tenant, "eve", Map.of("roles", roles));
      assertThat(found(other, "q", "soup")).as(roles).isEmpty();
    }
    assertThat(found(Tokens.user("t" + Ids.next(), "ben"), "q", "soup")).isEmpty();
  }

  @Test
  void internalNotesAreNeverFoundByClients() {
    TimelineLog log = TimelineLog.create(tenant, ConversationType.CLIENT, null, "ana", "client:c1");
    log.note("ana", "discount thirty internally");
    log.say("ana", "discount ten offered");

    awaitFound(SOON, ana, "discount", 2);
    String client = Tokens.of(tenant, "c1", Map.of("roles", "client"));
    assertThat(found(client, "q", "discount")).containsExactly("discount ten offered");
    // A user who is named like the client is somebody else.
    assertThat(found(Tokens.assignedOnly(tenant, "c1"), "q", "discount")).isEmpty();
  }

  @Test
  void clientsLearnNothingOfRecordsThatAreAttached() {
    TimelineLog log =
        TimelineLog.create(tenant, ConversationType.CLIENT, "Opal", "ana", "client:c1");
    log.attach(new RecordRef("deal", "d1"));
    log.say("ana", "opal sent");
    awaitFound(SOON, ana, "opal", 2);
    String client = Tokens.of(tenant, "c1", Map.of("roles", "client"));
    assertThat(found(client, "q", "opal")).hasSize(2);
    assertThat(found(ana, "q", "opal", "recordType", "deal", "recordId", "d1"))
        .containsExactly("Opal");
    assertThat(found(client, "q", "opal", "recordType", "deal", "recordId", "d1")).isEmpty();
  }

  @Test
  void staffWithAllAccessFindsCustomerConversationsWithoutTakingPart() {
    TimelineLog sms =
        TimelineLog.create(tenant, ConversationType.SMS, null, "ana", "phone:+15550001");
    sms.say("phone:+15550001", "refrigerator broken");

    awaitFound(SOON, ana, "refrigerator", 1);
    assertThat(found(ben, "q", "refrigerator")).containsExactly("refrigerator broken");
    assertThat(found(Tokens.assignedOnly(tenant, "ben"), "q", "refrigerator")).isEmpty();
    assertThat(found(Tokens.of(tenant, "c9", Map.of("roles", "client")), "q", "refrigerator"))
        .isEmpty();
    assertThat(found(Tokens.user("t" + Ids.next(), "ben"), "q", "refrigerator")).isEmpty();
  }

  @Test
  void whoMaySeeAssignedDataAloneFindsWhatIsAssignedAsLongAsItIs() {
    TimelineLog sms =
        TimelineLog.create(tenant, ConversationType.SMS, null, "ana", "phone:+15550001");
    sms.say("phone:+15550001", "dishwasher broken");
    awaitFound(SOON, ben, "dishwasher", 1);

    new CrmUser(tenant, "ben").tell(1, Map.of("assignedDataOnly", true));
    awaitFound(SOON, ben, "dishwasher", 0);
    sms.add("ben", false);
    awaitFound(SOON, ben, "dishwasher", 1);
    sms.remove("ben");
    awaitFound(SOON, ben, "dishwasher", 0);
    new CrmUser(tenant, "ben").tell(2, Map.of());
    awaitFound(SOON, ben, "dishwasher", 1);
  }

  @Test
  void whoIsLoggedInAsAnotherFindsNoInternalChat() {
    TimelineLog chat =
        TimelineLog.create(tenant, ConversationType.INTERNAL_CHAT, null, "ana", "ben");
    TimelineLog group = group("Open", "ana", "ben");
    chat.say("ben", "payrise discussed");
    group.say("ben", "payrise announced");
    awaitFound(SOON, ana, "payrise", 2);

    String root = Tokens.of(tenant, "ana", Map.of("roles", "user", "impersonator", "root"));

    JsonPath page = search(root, "q", "payrise");
    assertThat(page.getList("items.snippet")).isEqualTo(List.of("payrise announced"));
    assertThat(page.getInt("total.value")).isEqualTo(1);
  }

  @Test
  void accentsBeginningsAndSmallTyposAreForgiven() {
    TimelineLog group = group("Words", "ana");
    group.say("ana", "Le café à Łódź ferme");
    group.say("ana", "Contract signed yesterday");
    awaitFound(SOON, ana, "contract", 1);

    assertThat(found(ana, "q", "CAFE lodz")).containsExactly("Le café à Łódź ferme");
    assertThat(found(ana, "q", "contr")).containsExactly("Contract signed yesterday");
    assertThat(found(ana, "q", "contarct sign")).containsExactly("Contract signed yesterday");
    assertThat(found(ana, "q", "contract café")).isEmpty();
    assertThat(found(ana, "q", "...")).isEmpty();
    assertThat(search(ana, "q", "cafe").getList("items[0].highlights"))
        .isEqualTo(List.of(List.of(3, 7)));
    assertThat(search(ana, "q", "yesterdy").getList("items[0].highlights"))
        .isEqualTo(List.of(List.of(16, 25)));
    assertThat(search(ana, "q", "yest").getList("items[0].highlights"))
        .isEqualTo(List.of(List.of(16, 25)));
  }

  @Test
  void wholeWordsComeBeforeBeginningsAndBeginningsBeforeTypos() {
    TimelineLog group = group("Order", "ana");
    group.say("ana", "market");
    group.say("ana", "markets");
    group.say("ana", "marked");
    awaitFound(SOON, ana, "market", 3);

    assertThat(found(ana, "q", "market")).containsExactly("market", "markets", "marked");
  }

  @Test
  void filtersNarrow() {
    TimelineLog one = group("One", "ana", "ben");
    TimelineLog two = group("Two", "ana");
    Instant noon = Instant.parse("2026-03-01T12:00:00Z");
    one.publish(one.message("ana", "lantern a", Visibility.ALL, noon));
    one.publish(one.message("ben", "lantern b", Visibility.ALL, noon.plusSeconds(60)));
    two.publish(two.message("ana", "lantern c", Visibility.ALL, noon.plusSeconds(120)));
    awaitFound(SOON, ana, "lantern", 3);

    assertThat(found(ana, "q", "lantern")).containsExactly("lantern c", "lantern b", "lantern a");
    assertThat(found(ana, "q", "lantern", "conversationId", two.id())).containsExactly("lantern c");
    assertThat(found(ben, "q", "lantern", "conversationId", two.id())).isEmpty();
    assertThat(found(ana, "q", "lantern", "authorId", "ben")).containsExactly("lantern b");
    assertThat(
            found(
                ana, "q", "lantern", "from", "2026-03-01T12:01:00Z", "to", "2026-03-01T12:02:00Z"))
        .containsExactly("lantern b");
    assertThat(found(ana, "q", "lantern", "in", "conversations")).isEmpty();
    assertThat(found(ana, "q", "one", "in", "conversations,messages")).containsExactly("One");
    assertThat(found(ana, "q", "lantern", "in", "files,records")).isEmpty();
  }

  @Test
  void pagesHoldEachHitOnceWhileOthersCome() {
    TimelineLog group = group("Pages", "ana", "ben");
    for (int i = 0; i < 25; i++) {
      group.say("ana", "pagination " + i);
    }
    awaitFound(SOON, ana, "pagination", 25);

    List<String> all = new ArrayList<>();
    String cursor = null;
    int pages = 0;
    do {
      JsonPath page =
          cursor == null
              ? search(ana, "q", "pagination", "limit", 10)
              : search(ana, "q", "pagination", "limit", 10, "cursor", cursor);
      all.addAll(page.getList("items.snippet", String.class));
      cursor = page.getString("next");
      pages++;
      if (pages == 1) {
        group.say("ana", "pagination late");
        awaitFound(SOON, ana, "pagination", 26);
      }
    } while (cursor != null);

    assertThat(pages).isEqualTo(3);
    assertThat(all).hasSize(25).doesNotHaveDuplicates().startsWith("pagination 24");
  }

  @Test
  void aCursorIsBoundToReaderAndQuery() {
    TimelineLog group = group("Sealed", "ana", "ben");
    group.say("ana", "sealed one");
    group.say("ana", "sealed two");
    awaitFound(SOON, ana, "sealed", 3);
    awaitFound(SOON, ben, "sealed", 3);
    String cursor = search(ana, "q", "sealed", "limit", 1).getString("next");

    as(ben)
        .queryParams("q", "sealed", "limit", 1, "cursor", cursor)
        .get("/v1/search")
        .then()
        .statusCode(400);
    as(ana)
        .queryParams("q", "other", "limit", 1, "cursor", cursor)
        .get("/v1/search")
        .then()
        .statusCode(400);
  }

  @Test
  void aConversationIsFoundByItsNewTitle() {
    TimelineLog group = group("Orchid", "ana");
    awaitFound(SOON, ana, "orchid", 1);

    group.rename("Magnolia");

    awaitFound(SOON, ana, "magnolia", 1);
    JsonPath page = search(ana, "q", "magnolia");
    assertThat(page.getString("items[0].kind")).isEqualTo("conversation");
    assertThat(page.getString("items[0].authorId")).as("staff's alone").isNull();
    assertThat(page.getString("items[0].title")).isEqualTo("Magnolia");
    assertThat(page.getString("items[0].messageId")).isNull();
    assertThat(found(ana, "q", "orchid")).isEmpty();
  }

  private TimelineLog group(String name, String... members) {
    return TimelineLog.create(tenant, ConversationType.GROUP, name, members);
  }
}
