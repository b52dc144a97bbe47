package dev.parley.chassis.link;

import dev.parley.chassis.page.Cursors;
import dev.parley.contracts.Ids;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * Links to one file for carriers and outsiders (product.md §5). Any service makes them, and
 * message-service answers them at {@code /v1/attachments/shared/<token>}.
 *
 * <p>The token is sealed, so it can be neither guessed nor changed, and it says until when it
 * holds. Nothing is stored; deleting the file or its message ends it.
 */
@ApplicationScoped
public class FileLinks {
  private static final String SCOPE = "shared file";

  private final Cursors cursors;
  private final Clock clock;

  FileLinks(Cursors cursors, Clock clock) {
    this.cursors = cursors;
    this.clock = clock;
  }

  /** Which file a link is to. */
  public record Link(String tenant, UUID attachmentId) {}

  /** The token of a link that holds until then. */
  public String seal(Link link, Instant until) {
    return cursors.seal(
        SCOPE, until.getEpochSecond() + "\n" + link.attachmentId() + "\n" + link.tenant());
  }

  /** What the token is a link to; empty for what is none, or does not hold any more. */
  public Optional<Link> open(String token) {
    byte[] sealed = cursors.open(SCOPE, token);
    if (sealed == null) {
      return Optional.empty();
    }
    String[] parts = new String(sealed, StandardCharsets.UTF_8).split("\n", 3);
    Instant until = Instant.ofEpochSecond(Long.parseLong(parts[0]));
    return clock.instant().isBefore(until)
        ? Optional.of(new Link(parts[2], Ids.parse(parts[1])))
        : Optional.empty();
  }
}
