package dev.parley.chassis.problem;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ConversationInPathTest {
  private static final String ID = "01890c5e-8b4e-7cc2-a1b1-3f1c6f0b2a10";

  @Test
  void whatIsLoggedNamesTheConversationThatThePathIsAbout() {
    assertThat(ProblemMappers.conversation("/v1/conversations/" + ID)).contains(ID);
    assertThat(ProblemMappers.conversation("/v1/timelines/" + ID + "/messages")).contains(ID);
    assertThat(ProblemMappers.conversation("/v1/conversations")).isEmpty();
    assertThat(ProblemMappers.conversation("/v1/conversations/inbox")).isEmpty();
    assertThat(ProblemMappers.conversation("/v1/files/" + ID)).isEmpty();
  }
}
