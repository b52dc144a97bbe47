package dev.parley.search.find;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.chassis.TimelineLog;
import dev.parley.chassis.Tokens;
import dev.parley.contracts.Envelope;
import dev.parley.contracts.Ids;
import dev.parley.contracts.event.ConversationType;
import dev.parley.contracts.event.Visibility;
import dev.parley.search.WithBackEnds;
import io.quarkus.test.junit.QuarkusTest;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** {@code has=file,link}: only what has a file or a link, for those who see it. */
@QuarkusTest
class HasTest extends WithBackEnds {
  private final String ana = Tokens.user(tenant, "ana");
  private final String ben = Tokens.user(tenant, "ben");

  @Test
  void onlyWhatHasThemIsFound() {
    TimelineLog log = group("ana", "ben");
    log.say("ana", "kiwi plain");
    file(log, "kiwi with a file", Visibility.ALL);
    log.say("ana", "kiwi at https://example.org/a");
    file(log, "kiwi with both HTTP://example.org", Visibility.ALL);
    log.say("ana", "kiwi in `https://example.org` code, and xhttps://example.org");
    awaitFound(SOON, ben, "kiwi", 5);

    assertThat(found(ben, "q", "kiwi", "has", "file"))
        .containsExactlyInAnyOrder("kiwi with a file", "kiwi with both HTTP://example.org");
    assertThat(found(ben, "q", "kiwi", "has", "link"))
        .containsExactlyInAnyOrder(
            "kiwi at https://example.org/a", "kiwi with both HTTP://example.org");
    assertThat(found(ben, "q", "kiwi", "has", "file,link"))
        .containsExactly("kiwi with both HTTP://example.org");
    assertThat(search(ben, "q", "kiwi", "has", "file").getInt("total.value")).isEqualTo(2);
  }

  @Test
  void whatTheReaderDoesNotSeeIsNeitherShownNorCounted() {
    TimelineLog log = TimelineLog.create(tenant, ConversationType.GROUP, null, "ana");
    file(log, "plum before", Visibility.ALL);
    log.add("ben", true);
    file(log, "plum after", Visibility.ALL);
    awaitFound(SOON, ana, "plum", 2);
    awaitFound(SOON, ben, "plum", 1);
    assertThat(found(ben, "q", "plum", "has", "file")).containsExactly("plum after");
    assertThat(search(ben, "q", "plum", "has", "file").getInt("total.value")).isEqualTo(1);
    String stranger = Tokens.user(tenant, "cy");
    assertThat(search(stranger, "q", "plum", "has", "file").getInt("total.value")).isZero();
    String other = Tokens.user("t" + Ids.next(), "ana");
    assertThat(search(other, "q", "plum", "has", "file").getInt("total.value")).isZero();
  }

  @Test
  void aNotesFileIsNotTheClients() {
    TimelineLog log =
        TimelineLog.create(tenant, ConversationType.CLIENT, null, "ana", "client:carl");
    file(log, "pear of staff", Visibility.INTERNAL);
    file(log, "pear for all", Visibility.ALL);
    awaitFound(SOON, ana, "pear", 2);
    String carl = Tokens.of(tenant, "carl", Map.of("roles", "client"));
    awaitFound(SOON, carl, "pear", 1);
    assertThat(found(ana, "q", "pear", "has", "file")).hasSize(2);
    assertThat(found(carl, "q", "pear", "has", "file")).containsExactly("pear for all");
  }

  @Test
  void anEditTakesTheLinkAwayAndADeletionTheFile() {
    TimelineLog log = group("ana", "ben");
    Envelope link = log.say("ana", "quince https://example.org");
    Envelope file = file(log, "quince file", Visibility.ALL);
    awaitFound(SOON, ben, "quince", 2);
    assertThat(found(ben, "q", "quince", "has", "link")).hasSize(1);

    log.publish(log.edit(link, "quince without"));
    awaitFound(SOON, ben, "without", 1);
    assertThat(found(ben, "q", "quince", "has", "link")).isEmpty();

    log.publish(log.delete(file));
    awaitFound(SOON, ben, "quince", 1);
    assertThat(found(ben, "q", "quince", "has", "file")).isEmpty();
  }

  private TimelineLog group(String... members) {
    return TimelineLog.create(tenant, ConversationType.GROUP, null, members);
  }

  private static Envelope file(TimelineLog log, String body, Visibility visibility) {
    Envelope said = log.message("ana", body, visibility);
    ((ObjectNode) said.data())
        .putArray("attachments")
        .addObject()
        .put("id", Ids.next().toString())
        .put("fileName", "a.pdf")
        .put("size", 1)
        .put("contentType", "application/pdf")
        .put("state", "ready")
        .put("thumbnail", false);
    return log.publish(said);
  }
}
