package dev.parley.conversation.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.not;

import dev.parley.chassis.Wire;
import dev.parley.contracts.Json;
import dev.parley.contracts.Schemas;
import dev.parley.contracts.Topics;
import dev.parley.contracts.event.TenantSettings;
import dev.parley.conversation.Team;
import dev.parley.conversation.WithBackEnds;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class SettingsTest extends WithBackEnds {
  private static final Map<String, Object> DEFAULTS = new HashMap<>();

  static {
    DEFAULTS.put("channels.defaultClientChannel", "client");
    DEFAULTS.put("welcome.text", "Welcome! Write to us here whenever you need us.");
    DEFAULTS.put("welcome.enabled", true);
    DEFAULTS.put("dealRooms.autoCreate", false);
    DEFAULTS.put("dealRooms.archiveAfter", "P30D");
    DEFAULTS.put("internalChat.leave", false);
    DEFAULTS.put("messages.editWindow", "none");
    DEFAULTS.put("attachments.maxBytes", 104857600);
    DEFAULTS.put("timeline.customerConversations", false);
    DEFAULTS.put("sms.allowedCountries", "own");
    DEFAULTS.put("sms.fileLinkTtl", "P7D");
    DEFAULTS.put("sms.cnam", false);
    DEFAULTS.put("sms.quietHours", "21:00–08:00");
    DEFAULTS.put("notifications.default", "mentions");
    DEFAULTS.put("notifications.emailGrouping", "PT5M");
    DEFAULTS.put("limits.userPerSecond", 5);
    DEFAULTS.put("limits.conversationPerSecond", 20);
    DEFAULTS.put("limits.tenantPerSecond", 500);
    DEFAULTS.put("links.conversation", "http://localhost:8080/conversations/{conversationId}");
    DEFAULTS.put(
        "links.message",
        "http://localhost:8080/conversations/{conversationId}?message={messageId}");
    DEFAULTS.put("links.record", "http://localhost:8080/records/{type}/{id}");
  }

  @Test
  void whoHasSetNothingHasTheDefaults() {
    Map<String, Object> all =
        Team.of()
            .admin("root")
            .get("/v1/tenant/settings")
            .then()
            .statusCode(200)
            .extract()
            .path("");
    assertThat(all).containsExactlyInAnyOrderEntriesOf(DEFAULTS);
  }

  @Test
  void whatIsNamedIsSetTheRestStaysAndNullBringsTheDefaultBack() {
    Team team = Team.of();
    put(team, "{'dealRooms.archiveAfter': 'PT2S', 'limits.userPerSecond': 50}")
        .statusCode(200)
        .header("ETag", "\"1\"");
    put(team, "{'sms.allowedCountries': ['DE', 'US'], 'dealRooms.archiveAfter': null}")
        .statusCode(200)
        .header("ETag", "\"2\"")
        .body("'sms.allowedCountries'", equalTo(List.of("DE", "US")))
        .body("'dealRooms.archiveAfter'", equalTo("P30D"))
        .body("'limits.userPerSecond'", equalTo(50));
    put(team, "{'limits.userPerSecond': 50}").statusCode(200).header("ETag", "\"2\"");
    Map<String, Object> others =
        Team.of().admin("root").get("/v1/tenant/settings").then().extract().path("");
    assertThat(others).containsExactlyInAnyOrderEntriesOf(DEFAULTS);
  }

  @Test
  void eachChangeIsToldWhole() {
    Team team = Team.of();
    put(team, "{'welcome.enabled': false}").statusCode(200);
    put(team, "{'welcome.text': 'Hi {client}'}").statusCode(200);
    List<TenantSettings> told =
        Wire.await(
                Topics.SETTINGS,
                2,
                Duration.ofSeconds(30),
                event -> event.tenant().equals(team.tenant()))
            .stream()
            .peek(event -> Schemas.validate(Json.bytes(event)))
            .map(event -> event.data(TenantSettings.class))
            .toList();
    assertThat(told).extracting(TenantSettings::version).containsExactly(1L, 2L);
    assertThat(told.get(1).values())
        .hasSize(DEFAULTS.size())
        .containsEntry("welcome.enabled", false)
        .containsEntry("welcome.text", "Hi {client}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'channels.defaultClientChannel': 'both'}          | channels.defaultClientChannel",
        "{'welcome.text': ' '}                              | welcome.text",
        "{'welcome.enabled': 'yes'}                         | welcome.enabled",
        "{'dealRooms.archiveAfter': '30 days'}              | dealRooms.archiveAfter",
        "{'dealRooms.archiveAfter': '-PT1S'}                | dealRooms.archiveAfter",
        "{'dealRooms.archiveAfter': 'P4000D'}               | dealRooms.archiveAfter",
        "{'dealRooms.archiveAfter': 30}                     | dealRooms.archiveAfter",
        "{'attachments.maxBytes': 0}                        | attachments.maxBytes",
        "{'attachments.maxBytes': 1.5}                      | attachments.maxBytes",
        "{'sms.allowedCountries': ['XX']}                   | sms.allowedCountries",
        "{'sms.allowedCountries': []}                       | sms.allowedCountries",
        "{'sms.quietHours': '24:00–08:00'}                  | sms.quietHours",
        "{'notifications.default': 'some'}                  | notifications.default",
        "{'links.message': 'javascript:alert(1)'}           | links.message",
        "{'links.message': 'https://x/{nothing}'}           | links.message",
        "{'welcome': {'enabled': true}}                     | welcome",
        "{'nothing.such': 1}                                | nothing.such"
      })
  void whatIsUnknownOrWrongIsNamedAndNothingIsSet(String body, String key) {
    Team team = Team.of();
    put(team, "{'limits.userPerSecond': 7, " + body.substring(1))
        .statusCode(400)
        .body("code", equalTo("invalid_request"))
        .body("violations.field", equalTo(List.of(key)));
    team.admin("root").get("/v1/tenant/settings").then().header("ETag", "\"0\"");
  }

  @Test
  void everyWrongKeyIsNamed() {
    put(Team.of(), "{'a': 1, 'sms.cnam': 1, 'welcome.enabled': true}")
        .statusCode(400)
        .body("violations.field", containsInAnyOrder("a", "sms.cnam"));
  }

  @Test
  void aStaleVersionIsRefusedWithTheCurrentSettings() {
    Team team = Team.of();
    put(team, "{'sms.cnam': true}").statusCode(200);
    team.admin("root")
        .header("If-Match", "\"0\"")
        .body(Map.of("sms.cnam", false))
        .put("/v1/tenant/settings")
        .then()
        .statusCode(409)
        .body("code", equalTo("version_conflict"))
        .body("current.'sms.cnam'", equalTo(true));
    team.admin("root")
        .header("If-Match", "\"1\"")
        .body(Map.of("sms.cnam", false))
        .put("/v1/tenant/settings")
        .then()
        .statusCode(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"user", "supervisor", "client", "service"})
  void onlyAdministratorsReadAndSet(String role) {
    Team team = Team.of();
    team.as("eve", Map.of("roles", role)).get("/v1/tenant/settings").then().statusCode(403);
    team.as("eve", Map.of("roles", role))
        .body(Map.of("sms.cnam", true))
        .put("/v1/tenant/settings")
        .then()
        .statusCode(403)
        .body("code", equalTo("forbidden"));
  }

  @Test
  void anInternalChatIsLeftWhereTheTenantLetsPeopleLeave() {
    Team team = Team.of("ana", "ben");
    String chat =
        team.create("ana", Map.of("type", "internal_chat", "members", List.of("ben")))
            .extract()
            .path("id");
    String me = "/v1/conversations/" + chat + "/members/me";
    team.as("ben").delete(me).then().statusCode(409).body("code", equalTo("not_removable"));
    put(team, "{'internalChat.leave': true}").statusCode(200);
    team.as("ben").delete(me).then().statusCode(204);
    team.get("ben", chat).statusCode(404);
    put(team, "{'internalChat.leave': null}").statusCode(200);
    team.as("ana").delete(me).then().statusCode(409).body("code", equalTo("not_removable"));
  }

  @Test
  void everybodyLearnsTheOpenOnes() {
    Team team = Team.of();
    put(team, "{'internalChat.leave': true}").statusCode(200);
    team.as("ana")
        .get("/v1/me")
        .then()
        .statusCode(200)
        .body("settings.'internalChat.leave'", equalTo(true))
        .body("settings.'channels.defaultClientChannel'", equalTo("client"))
        .body("settings", not(hasKey("welcome.text")));
  }

  private static ValidatableResponse put(Team team, String body) {
    return team.admin("root").body(body.replace('\'', '"')).put("/v1/tenant/settings").then();
  }
}
