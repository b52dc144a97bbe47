package dev.parley.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who is away gets one e-mail for a burst; who is here gets none. */
@WithStack
class MailFlowIT {
  /** The local stack gathers for 10 s. */
  private static final Duration GATHERED = Duration.ofSeconds(25);

  private final Stack stack;
  private final Tenant tenant;

  MailFlowIT(Stack stack) {
    this.stack = stack;
    this.tenant = new Tenant(stack);
  }

  @Test
  void absentParticipantGetsOneMailForABurstAndTheOneOnlineNone() {
    Person ana = tenant.person("ana");
    Person online = tenant.person("online");
    Person absent = tenant.person("absent");
    Mailbox mailbox = stack.mailbox();
    try (Socket here = online.connect()) {
      String group = ana.group("Night shift", online, absent);
      for (String body : List.of("Boiler is down", "Called the plumber", "He comes at six")) {
        ana.send(group, body).is(201);
      }

      await().atMost(GATHERED).until(() -> !mailbox.of(absent.email()).isEmpty());

      String mail = mailbox.of(absent.email()).get(0).path("text").asText();
      assertThat(mail).contains("Boiler is down", "Called the plumber", "He comes at six");
      // A later burst is a later mail: when it is there, all that the first one caused is there.
      ana.send(group, "All warm again").is(201);
      await().atMost(GATHERED).until(() -> mailbox.of(absent.email()).size() > 1);
      assertThat(mailbox.of(absent.email())).hasSize(2);
      assertThat(mailbox.of(absent.email()).get(1).path("text").asText())
          .contains("All warm again")
          .doesNotContain("He comes at six");
      assertThat(mailbox.of(online.email())).isEmpty();
      assertThat(mailbox.of(ana.email())).isEmpty();
      assertThat(here.isOpen()).isTrue();
    }
  }
}
