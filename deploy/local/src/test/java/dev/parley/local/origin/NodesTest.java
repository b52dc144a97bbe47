package dev.parley.local.origin;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class NodesTest {
  private final Nodes nodes = new Nodes().with("presence-service=1,2");

  @Test
  void nodesAreTakenInTurn() {
    assertThat(List.of(next(nodes), next(nodes), next(nodes), next(nodes)))
        .containsExactly(2, 1, 2, 1);
  }

  @Test
  void socketsAreSpreadEvenlyThoughATicketIsAskedForBeforeEach() {
    Nodes sockets = nodes.withOwnTurns();
    List<Integer> taken = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      next(nodes);
      taken.add(next(sockets));
    }

    assertThat(taken).containsExactlyInAnyOrder(1, 1, 2, 2);
  }

  private static int next(Nodes nodes) {
    return nodes.first("presence-service", node -> Future.succeededFuture(node.port())).result();
  }
}
