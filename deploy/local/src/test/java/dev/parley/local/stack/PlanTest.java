package dev.parley.local.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.local.backend.Postgres;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlanTest {
  @Test
  void oneNodeOfEachUnlessAsked() {
    assertThat(new Plan("").nodes().stream().map(node -> node.name() + " " + node.port()))
        .containsExactly(
            "conversation-service 8101",
            "message-service 8102",
            "presence-service 8103",
            "sms-gateway-service 8104",
            "search-service 8105",
            "notification-service 8106");
  }

  @Test
  void furtherNodesAreTenPortsHigher() {
    Plan plan = new Plan("message-service=3,presence-service=2");
    assertThat(plan.nodes()).hasSize(9);
    assertThat(plan.nodes().get(3).name()).isEqualTo("message-service-3");
    assertThat(plan.nodes().get(3).port()).isEqualTo(8122);
    assertThat(plan.nodes().get(3).managementPort()).isEqualTo(9122);
    assertThat(plan.routes()).contains("message-service=8102,8112,8122", "search-service=8105");
    assertThat(plan.ports()).containsKeys(8080, 8122, 9122, 15433).hasSize(11 + 2 * 9);
  }

  @Test
  void theDatabaseHasConnectionsForAsManyNodesAsMayBeAskedFor() {
    int ofANode = 4 + 1; // its pool, and the migration when it starts
    int forPeople = 10;

    assertThat(Plan.SERVICES.size() * Plan.MOST_NODES * ofANode + forPeople)
        .isLessThanOrEqualTo(Postgres.CONNECTIONS);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"mail-service=2", "message-service", "message-service=0", "message-service=x"})
  void refusesWhatItCannotRun(String nodes) {
    assertThatThrownBy(() -> new Plan(nodes))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(nodes);
  }
}
