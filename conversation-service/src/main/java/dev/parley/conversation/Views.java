package dev.parley.conversation;

import static java.util.stream.Collectors.toSet;

import dev.parley.chassis.caller.Caller;
import dev.parley.chassis.problem.Code;
import dev.parley.chassis.problem.Problem;
import dev.parley.contracts.event.Conversation.Participant;
import dev.parley.contracts.event.MemberKind;
import dev.parley.contracts.event.RecordRef;
import dev.parley.conversation.copy.RecordCopy;
import dev.parley.conversation.copy.Records;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Makes of conversations what their reader gets. */
@ApplicationScoped
public class Views {
  private static final String SEPARATOR = ", ";

  private final Members members;
  private final Records records;

  Views(Members members, Records records) {
    this.members = members;
    this.records = records;
  }

  /** One conversation for its reader. */
  public Uni<ConversationView> of(Query query, Caller reader, Seen seen) {
    return of(query, reader, List.of(seen)).map(views -> views.get(0));
  }

  /** The refusal of a change that was made upon another version. */
  public <T> Uni<T> conflict(Query query, Caller reader, Seen seen) {
    return of(query, reader, seen)
        .map(
            current -> {
              throw Problem.of(Code.VERSION_CONFLICT, "It has changed since you read it.")
                  .with("current", current);
            });
  }

  /** Several, in the same order, in one look at the members and one at the records named after. */
  public Uni<List<ConversationView>> of(Query query, Caller reader, List<Seen> seen) {
    return members
        .first(query, reader.tenant(), seen.stream().map(one -> one.conversation().id()).toList())
        .flatMap(
            first ->
                namesakes(query, reader, seen)
                    .map(
                        named ->
                            seen.stream()
                                .map(
                                    one ->
                                        view(
                                            reader,
                                            one,
                                            first
                                                .getOrDefault(one.conversation().id(), List.of())
                                                .stream()
                                                .map(Membership::participant)
                                                .toList(),
                                            named))
                                .toList()));
  }

  /** The records after which conversations without a name are called. */
  private Uni<Map<RecordRef, RecordCopy>> namesakes(Query query, Caller reader, List<Seen> seen) {
    Set<RecordRef> refs =
        seen.stream()
            .flatMap(one -> namesake(reader, one.conversation()).stream())
            .collect(toSet());
    return refs.isEmpty()
        ? Uni.createFrom().item(Map.of())
        : records.namesakes(query, reader, refs);
  }

  private static Optional<RecordRef> namesake(Caller reader, Conversation c) {
    if (c.name() != null) {
      return Optional.empty();
    }
    return switch (c.type()) {
      case DEAL_ROOM -> Optional.of(new RecordRef("deal", c.deal()));
      case COMPANY -> c.recordRefs().stream().findFirst();
      case CLIENT ->
          reader.isClient()
              ? Optional.empty()
              : Optional.of(new RecordRef("contact", c.contactId()));
      default -> Optional.empty();
    };
  }

  private static ConversationView view(
      Caller reader,
      Seen seen,
      List<Participant> participants,
      Map<RecordRef, RecordCopy> namesakes) {
    Conversation c = seen.conversation();
    String title =
        namesake(reader, c)
            .map(namesakes::get)
            .map(RecordCopy::title)
            .orElseGet(() -> title(reader, c, participants));
    Seen.Mine mine = seen.mine();
    ConversationView view =
        ConversationViewBuilder.builder()
            .id(c.id())
            .type(c.type())
            .title(title)
            .name(c.name())
            .subject(c.subject())
            .description(c.description())
            .state(c.state())
            .posting(c.posting())
            .createdBy(c.createdBy())
            .createdAt(c.createdAt())
            .version(c.version())
            .lastSeq(seen.lastSeq())
            .lastActivityAt(seen.lastActivityAt())
            .lastMessage(seen.lastMessage())
            .memberCount(seen.memberCount())
            .participants(participants)
            .myRole(mine == null ? null : mine.role())
            .mySource(mine == null ? null : mine.source())
            .visibleFromSeq(mine == null ? null : mine.visibleFromSeq())
            .starred(seen.starred())
            .hidden(seen.hidden())
            .ownNumber(c.ownNumber())
            .externalNumbers(c.externalNumbers())
            .contactId(c.contactId())
            .contactOwnerId(c.contactOwnerId())
            .assigneeId(c.assigneeId())
            .followers(c.followers())
            .recordRefs(c.recordRefs())
            .frozen(c.frozen())
            .build();
    return reader.isClient() ? view.forClient() : view;
  }

  private static String title(Caller reader, Conversation c, List<Participant> participants) {
    return switch (c.type()) {
      case DIRECT -> others(reader, participants);
      case SMS ->
          participants.stream()
              .filter(one -> one.kind() == MemberKind.PHONE)
              .map(Participant::displayName)
              .findFirst()
              .orElse(c.externalNumbers().get(0));
      case SUBJECT, INTERNAL_CHAT ->
          c.subject() == null ? others(reader, participants) : c.subject();
      default -> c.name() == null ? others(reader, participants) : c.name();
    };
  }

  private static String others(Caller reader, List<Participant> participants) {
    return participants.stream()
        .filter(one -> !Objects.equals(one.id(), reader.id()))
        .map(Participant::displayName)
        .collect(Collectors.joining(SEPARATOR));
  }
}
