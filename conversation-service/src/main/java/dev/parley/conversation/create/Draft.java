package dev.parley.conversation.create;

import dev.parley.chassis.caller.Caller;
import dev.parley.chassis.problem.Code;
import dev.parley.chassis.problem.OneLine;
import dev.parley.chassis.problem.Problem;
import dev.parley.contracts.Ids;
import dev.parley.contracts.event.ConversationType;
import dev.parley.contracts.event.MemberKind;
import dev.parley.contracts.event.Posting;
import dev.parley.contracts.event.RecordRef;
import dev.parley.conversation.ChannelName;
import dev.parley.conversation.Conversation;
import dev.parley.conversation.MembershipPolicy;
import dev.parley.conversation.Numbers;
import dev.parley.conversation.People.Named;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A request that has what its type needs (api.md, {@code POST /v1/conversations}).
 *
 * @param uniqueKey of what there may be one alone, else null
 * @param others the people named besides the caller, once each, and where they were named
 */
record Draft(
    ConversationType type,
    String uniqueKey,
    String name,
    String subject,
    String description,
    Posting posting,
    String ownNumber,
    List<String> externalNumbers,
    List<RecordRef> recordRefs,
    List<Named> others) {

  /**
   * Checks the request.
   *
   * @throws Problem 400 naming the field that is missing or wrong; 422 for a type that cannot be
   *     made by hand
   */
  static Draft of(Caller caller, CreateRequest request) {
    List<Named> others = others(caller, request);
    OneLine.check("name", request.name());
    OneLine.check("subject", request.subject());
    checkRefs(request.recordRefs());
    if (request.posting() != null && request.type() != ConversationType.CHANNEL) {
      throw Problem.invalid("posting", "is for channels alone");
    }
    if (!request.externalNumbers().isEmpty() && !takesNumbers(request.type())) {
      throw Problem.at(Code.NOT_APPLICABLE, "externalNumbers", "are not for this type");
    }
    int most = MembershipPolicy.of(request.type()).most();
    if (request.type() != ConversationType.DIRECT && others.size() + 1 > most) {
      throw Problem.invalid("members", "are more than " + most + " with yourself");
    }
    return switch (request.type()) {
      case DIRECT -> direct(caller, request, others);
      case GROUP -> group(request, others);
      case CHANNEL -> channel(request, others);
      case DEAL_ROOM -> dealRoom(request, others);
      case SUBJECT -> subject(request, others);
      case INTERNAL_CHAT -> internalChat(request, others);
      case SMS -> sms(request);
      default -> throw Problem.at(Code.NOT_APPLICABLE, "type", "cannot be created by a request");
    };
  }

  private static Draft direct(Caller caller, CreateRequest request, List<Named> others) {
    if (others.size() != 1 || request.members().size() != 1) {
      throw Problem.invalid("members", "must name one other user");
    }
    return draft(request, Conversation.directKey(caller.id(), others.get(0).id()), others);
  }

  private static boolean takesNumbers(ConversationType type) {
    return MembershipPolicy.of(type).takes().contains(MemberKind.PHONE);
  }

  private static Draft group(CreateRequest request, List<Named> others) {
    required("name", request.name());
    List<String> numbers = numbers(request);
    if (others.size() + numbers.size() < 2) {
      throw Problem.invalid("members", "must name two others or more, outside numbers counted");
    }
    if (others.size() + numbers.size() + 1 > MembershipPolicy.of(request.type()).most()) {
      throw Problem.invalid("externalNumbers", "are too many, with the members");
    }
    String own =
        request.ownNumber() == null ? null : Numbers.require("ownNumber", request.ownNumber());
    return numbers.isEmpty()
        ? draft(request, null, others)
        : new Draft(
            request.type(),
            null,
            request.name(),
            request.subject(),
            request.description(),
            null,
            own,
            numbers,
            request.recordRefs(),
            others);
  }

  private static List<String> numbers(CreateRequest request) {
    Set<String> numbers = new LinkedHashSet<>();
    for (int i = 0; i < request.externalNumbers().size(); i++) {
      numbers.add(Numbers.require("externalNumbers[" + i + "]", request.externalNumbers().get(i)));
    }
    return List.copyOf(numbers);
  }

  private static Draft channel(CreateRequest request, List<Named> others) {
    required("name", request.name());
    ChannelName.require(request.name());
    return draft(request, Conversation.channelKey(request.name()), others);
  }

  private static Draft dealRoom(CreateRequest request, List<Named> others) {
    List<RecordRef> refs = request.recordRefs();
    if (refs.size() != 1 || !refs.get(0).type().equals("deal")) {
      throw Problem.invalid("recordRefs", "must name one deal");
    }
    return draft(request, Conversation.dealKey(refs.get(0).id()), others);
  }

  private static Draft subject(CreateRequest request, List<Named> others) {
    required("subject", request.subject());
    return draft(request, null, others);
  }

  private static Draft internalChat(CreateRequest request, List<Named> others) {
    if (others.isEmpty()) {
      throw Problem.invalid("members", "must name one other user or more");
    }
    return draft(request, null, others);
  }

  private static Draft sms(CreateRequest request) {
    if (request.externalNumbers().size() != 1) {
      throw Problem.invalid("externalNumbers", "must be one phone number");
    }
    if (!request.members().isEmpty()) {
      throw Problem.invalid("members", "of an SMS conversation follow from its numbers");
    }
    String theirs = Numbers.require("externalNumbers[0]", request.externalNumbers().get(0));
    String own =
        request.ownNumber() == null ? null : Numbers.require("ownNumber", request.ownNumber());
    return new Draft(
        request.type(),
        null,
        request.name(),
        request.subject(),
        request.description(),
        null,
        own,
        List.of(theirs),
        request.recordRefs(),
        List.of());
  }

  /** The same on that number of ours: of an SMS conversation there is one alone for the pair. */
  Draft on(String own) {
    int same = externalNumbers.indexOf(own);
    if (same >= 0) {
      throw Problem.invalid("externalNumbers[" + same + "]", "is your own number");
    }
    return new Draft(
        type,
        type == ConversationType.SMS ? Conversation.pairKey(own, externalNumbers.get(0)) : null,
        name,
        subject,
        description,
        posting,
        own,
        externalNumbers,
        recordRefs,
        others);
  }

  private static Draft draft(CreateRequest request, String uniqueKey, List<Named> others) {
    Posting posting =
        request.type() == ConversationType.CHANNEL && request.posting() == null
            ? Posting.ALL
            : request.posting();
    return new Draft(
        request.type(),
        uniqueKey,
        request.name(),
        request.subject(),
        request.description(),
        posting,
        null,
        null,
        request.recordRefs(),
        others);
  }

  private static List<Named> others(Caller caller, CreateRequest request) {
    List<Named> others = new ArrayList<>();
    Set<String> seen = new HashSet<>(Set.of(caller.id()));
    for (int i = 0; i < request.members().size(); i++) {
      String id = request.members().get(i);
      String field = "members[" + i + "]";
      if (!Ids.isCrmId(id)) {
        throw Problem.invalid(field, "is no id");
      }
      if (seen.add(id)) {
        others.add(new Named(id, field));
      }
    }
    return others;
  }

  private static void checkRefs(List<RecordRef> refs) {
    for (int i = 0; i < refs.size(); i++) {
      RecordRef ref = refs.get(i);
      if (ref.type() == null || ref.type().isBlank() || !Ids.isCrmId(ref.id())) {
        throw Problem.invalid("recordRefs[" + i + "]", "must have a type and an id");
      }
    }
  }

  private static void required(String field, String value) {
    if (value == null) {
      throw Problem.invalid(field, "is required");
    }
  }

  /** Without names and numbers: fit for logs. */
  @Override
  public String toString() {
    return "Draft[type=" + type + "]";
  }
}
