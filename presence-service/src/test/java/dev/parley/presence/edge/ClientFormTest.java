package dev.parley.presence.edge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.presence.Session;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClientFormTest {
  private static final String OPEN = "{\"type\":\"thread.updated\",\"id\":\"i\",\"data\":";

  @Test
  void aThreadsFiguresAreThoseForClients() {
    String data =
        "{\"rootId\":\"r\",\"count\":3,\"lastSeq\":9,\"participants\":[\"ana\",\"bo\"],"
            + "\"clients\":{\"count\":1,\"lastSeq\":4,\"participants\":[\"ana\"]}}";
    assertThat(of(data))
        .isEqualTo(
            OPEN + "{\"rootId\":\"r\",\"count\":1,\"participants\":[\"ana\"],\"lastSeq\":4}}");
    String withdrawn =
        "{\"rootId\":\"r\",\"count\":1,\"lastSeq\":9,\"participants\":[\"bo\"],"
            + "\"clients\":{\"count\":0,\"participants\":[]}}";
    assertThat(of(withdrawn))
        .isEqualTo(OPEN + "{\"rootId\":\"r\",\"count\":0,\"participants\":[]}}");
  }

  @Test
  void aNoteInAThreadIsNothingForClients() {
    assertThat(of("{\"rootId\":\"r\",\"count\":3,\"lastSeq\":9,\"participants\":[\"ana\"]}"))
        .isNull();
  }

  @Test
  void whatALinkLeadsToIsForClientsTooAndOfANoteNothing() {
    String previews = "\"previews\":[{\"url\":\"https://a.example\",\"title\":\"A\"}]";
    String message = "{\"id\":\"m\",\"kind\":\"user\",\"visibility\":\"%s\"," + previews + "}";
    assertThat(of("message.updated", message.formatted("all"))).contains(previews);
    assertThat(of("message.updated", message.formatted("internal"))).isNull();
  }

  @Test
  void whatAMessageShowsOfItsThreadIsWhatClientsSeeAndItsBookmarksAreStaffs() {
    String message =
        "{\"id\":\"m\",\"kind\":\"user\",\"visibility\":\"all\","
            + "\"thread\":{\"count\":3,\"lastSeq\":9,\"participants\":[\"ana\",\"bo\"]},"
            + "\"bookmarks\":[{\"note\":\"secret\"}]%s}";
    String own = "{\"count\":1,\"lastSeq\":4,\"participants\":[\"ana\"]}";
    assertThat(of("message.updated", message.formatted(",\"clientThread\":" + own)))
        .contains("\"thread\":" + own)
        .doesNotContain("clientThread", "secret", "\"bo\"");
    assertThat(of("message.updated", message.formatted("")))
        .doesNotContain("\"thread\"", "clientThread", "secret", "\"bo\"");
  }

  @Test
  void whatSomebodyCallsTheirSendIsForThemAlone() {
    String message =
        "{\"id\":\"m\",\"kind\":\"user\",\"visibility\":\"all\",\"authorId\":\"carl\","
            + "\"authorKind\":\"%s\",\"clientMsgId\":\"broadcast-7\"}";
    assertThat(of("message.created", message.formatted("user"))).doesNotContain("clientMsgId");
    String byClient = message.formatted("client");
    assertThat(form("message.created", byClient, "carl"))
        .contains("\"clientMsgId\":\"broadcast-7\"");
    assertThat(form("message.created", byClient, "cleo")).doesNotContain("clientMsgId");
  }

  @Test
  void whomAnEditHasMentionedAnewIsInNobodysFrame() {
    String edited =
        "{\"id\":\"m\",\"kind\":\"user\",\"visibility\":\"all\","
            + "\"edited\":{\"at\":\"2026-01-01T00:00:00Z\",\"version\":2,\"mentioned\":[\"bo\"]}}";
    String told = "\"edited\":{\"at\":\"2026-01-01T00:00:00Z\",\"version\":2}";
    assertThat(of("message.updated", edited)).contains(told);
    byte[] staff = StaffForm.of("message.updated", frame(edited));
    assertThat(new String(staff, StandardCharsets.UTF_8))
        .isEqualTo(OPEN + edited.replace(",\"mentioned\":[\"bo\"]", "") + "}");
    byte[] created = frame(edited);
    assertThat(StaffForm.of("message.created", created)).isSameAs(created);
  }

  @Test
  void whoMadeAConversationAndItsRecordsAreNotForClients() {
    assertThat(
            of(
                "conversation.created",
                "{\"id\":\"c\",\"createdBy\":\"ana\",\"participants\":[],\"recordRefs\":[]}"))
        .isEqualTo(OPEN + "{\"id\":\"c\",\"participants\":[]}}");
  }

  @Test
  void ofWhatTheSystemSaysTheGreetingAloneIsForClients() {
    String pill =
        "{\"id\":\"m\",\"kind\":\"system\",\"visibility\":\"all\",\"authorKind\":\"system\","
            + "\"body\":\"Welcome!\",\"system\":{\"event\":\"%s\",\"params\":{}}}";
    assertThat(of("message.created", pill.formatted("welcome")))
        .contains("\"body\":\"Welcome!\"", "\"system\":{\"event\":\"welcome\",\"params\":{}}");
    assertThat(of("message.created", pill.formatted("renamed"))).isNull();
  }

  private static String of(String data) {
    return of("thread.updated", data);
  }

  private static String of(String type, String data) {
    return form(type, data, "carl");
  }

  private static String form(String type, String data, String client) {
    ClientForm form = ClientForm.of(type, frame(data));
    return form == null
        ? null
        : new String(form.frame(client(client)).json, StandardCharsets.UTF_8);
  }

  private static Members.User client(String id) {
    return new Members()
        .enter(new Session("acme", "client", id, id, null, false, Instant.MAX), List.of());
  }

  private static byte[] frame(String data) {
    return (OPEN + data + "}").getBytes(StandardCharsets.UTF_8);
  }
}
