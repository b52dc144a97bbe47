package dev.parley.message.send;

import dev.parley.chassis.caller.Caller;
import dev.parley.chassis.problem.Problem;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.inject.Vetoed;
import java.time.Duration;

/** Sends as the service does, but a part of it is away for one text. */
@Vetoed
public class SendMessageAway extends SendMessage {
  private final SendMessage send;
  private final String body;

  /** Which text cannot be sent. */
  public SendMessageAway(SendMessage send, String body) {
    super(null, null, null, null, null, null, null, null, null);
    this.send = send;
    this.body = body;
  }

  @Override
  public Uni<Sent> sendLater(Caller author, String conversationId, SendMessageRequest request) {
    return request.body().equals(body)
        ? Uni.createFrom().failure(Problem.unavailable(Duration.ofSeconds(1)))
        : send.sendLater(author, conversationId, request);
  }
}
