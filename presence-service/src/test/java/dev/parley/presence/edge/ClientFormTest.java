package dev.parley.presence.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
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
  void whatStaffCallTheirSendIsTheirs() {
    String message =
        "{\"id\":\"m\",\"kind\":\"user\",\"visibility\":\"all\","
            + "\"authorKind\":\"%s\",\"clientMsgId\":\"broadcast-7\"}";
    assertThat(of("message.created", message.formatted("user")))
        .contains("\"clientMsgId\":\"m\"")
        .doesNotContain("broadcast-7");
    assertThat(of("message.created", message.formatted("client")))
        .contains("\"clientMsgId\":\"broadcast-7\"");
  }

  @Test
  void whoMadeAConversationIsRequiredAndNotForClients() {
    assertThat(
            of("conversation.created", "{\"id\":\"c\",\"createdBy\":\"ana\",\"participants\":[]}"))
        .contains("\"createdBy\":\"system\"", "\"recordRefs\":[]")
        .doesNotContain("ana");
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
    byte[] form = ClientForm.of(type, (OPEN + data + "}").getBytes(StandardCharsets.UTF_8));
    return form == null ? null : new String(form, StandardCharsets.UTF_8);
  }
}
