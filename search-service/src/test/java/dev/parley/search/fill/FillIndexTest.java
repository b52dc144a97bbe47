package dev.parley.search.fill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import co.elastic.clients.elasticsearch.core.SearchRequest;
import co.elastic.clients.elasticsearch.core.search.Hit;
import dev.parley.chassis.TimelineLog;
import dev.parley.chassis.Tokens;
import dev.parley.contracts.Envelope;
import dev.parley.contracts.event.ConversationType;
import dev.parley.search.Filled;
import dev.parley.search.SearchDocument;
import dev.parley.search.SearchIndex;
import dev.parley.search.WithBackEnds;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Documents from before {@code has=link} was there are found by it, too. */
@QuarkusTest
class FillIndexTest extends WithBackEnds {
  private static final Filled NOTHING = new Filled(0, "");
  private static final String LAST = "ffffffff-ffff-ffff-ffff-ffffffffffff";

  @Inject FillIndex fill;
  @Inject SearchIndex index;

  private final String ana = Tokens.user(tenant, "ana");

  @Test
  void olderDocumentsAreGivenWhatTheirTextTells() {
    TimelineLog log = TimelineLog.create(tenant, ConversationType.GROUP, null, "ana");
    Envelope link = log.say("ana", "melon https://example.org/a");
    log.say("ana", "melon in `https://example.org` code");
    log.say("ana", "melon plain");
    awaitFound(SOON, ana, "melon", 3);
    forget();

    done(index.fill(NOTHING));
    finish();

    assertThat(done(index.filled())).isEqualTo(Filled.WHOLE);
    await()
        .atMost(SOON)
        .untilAsserted(
            () ->
                assertThat(found(ana, "q", "melon", "has", "link"))
                    .containsExactly("melon https://example.org/a"));
    awaitFound(SOON, ana, "melon", 3);
    log.publish(log.edit(link, "melon without"));
    awaitFound(SOON, ana, "without", 1);
    assertThat(found(ana, "q", "melon", "has", "link")).isEmpty();
  }

  @Test
  void itGoesOnWhereItStoodAndIsDoneOnce() {
    TimelineLog log = TimelineLog.create(tenant, ConversationType.GROUP, null, "ana");
    log.say("ana", "fig https://example.org/a");
    awaitFound(SOON, ana, "fig", 1);
    forget();

    done(index.fill(new Filled(0, LAST)));
    assertThat(done(fill.step())).isFalse();
    assertThat(done(index.filled())).isEqualTo(Filled.WHOLE);
    assertThat(done(fill.step())).isFalse();
    assertThat(documents()).allMatch(hit -> hit.source().has() == null);
  }

  private void finish() {
    boolean more = true;
    while (more) {
      more = done(fill.step());
    }
  }

  /** As an earlier version wrote them. */
  private void forget() {
    done(
        index.write(
            documents().stream()
                .map(hit -> new SearchDocument.Version(hit.source().having(null), hit.version()))
                .toList()));
    await().atMost(SOON).until(() -> documents().stream().allMatch(h -> h.source().has() == null));
  }

  private List<Hit<SearchDocument>> documents() {
    return done(index.search(
            SearchRequest.of(
                r ->
                    r.index(index.name())
                        .query(q -> q.term(t -> t.field("tenant").value(tenant)))
                        .version(true))))
        .hits()
        .hits();
  }

  private static <T> T done(Uni<T> uni) {
    return uni.await().atMost(SOON);
  }
}
