package dev.parley.conversation.derive;

import dev.parley.chassis.tx.Work;
import dev.parley.contracts.Actor;
import dev.parley.contracts.event.ConversationType;
import dev.parley.contracts.event.MemberRole;
import dev.parley.conversation.Conversation;
import dev.parley.conversation.ConversationLog;
import dev.parley.conversation.CustomerChannels;
import dev.parley.conversation.DerivedMembers;
import dev.parley.conversation.DerivedMembers.Person;
import dev.parley.conversation.DerivedMembers.Target;
import dev.parley.conversation.Founding;
import dev.parley.conversation.Membership;
import dev.parley.conversation.Query;
import dev.parley.conversation.Setting;
import dev.parley.conversation.SettingValues;
import dev.parley.conversation.Settings;
import dev.parley.conversation.derive.Due.RecordKey;
import dev.parley.conversation.derive.Missing.Lone;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/**
 * Makes the conversations that come with records (product.md §1): a client's own channel, or its
 * company's where the tenant's setting says so and it has a company; a deal's room with {@code
 * dealRooms.autoCreate}. Each once: the unique key decides between nodes and requests.
 */
@ApplicationScoped
class FoundChannels {
  /** An event holds no more; the others are added behind it. */
  private static final int FIRST = 200;

  private final Missing missing;
  private final Settings settings;
  private final DerivedMembers wanted;
  private final Founding founding;
  private final ConversationLog log;

  FoundChannels(
      Missing missing,
      Settings settings,
      DerivedMembers wanted,
      Founding founding,
      ConversationLog log) {
    this.missing = missing;
    this.settings = settings;
    this.wanted = wanted;
    this.founding = founding;
    this.log = log;
  }

  private record Made(Conversation conversation, Actor by, String dealOwner, String welcome) {}

  /** Those of the records, as far as they are not there. */
  Uni<Void> found(Work work, List<RecordKey> records) {
    Query query = Query.in(work);
    return missing
        .among(query, records)
        .flatMap(lone -> lone.isEmpty() ? Uni.createFrom().voidItem() : found(work, query, lone));
  }

  /**
   * Of the records that are clients, their own channels, whatever the tenant's setting says: by
   * whom somebody writes to them.
   */
  Uni<Void> own(Work work, Map<RecordKey, Actor> asked) {
    Query query = Query.in(work);
    return missing
        .among(query, asked.keySet())
        .map(lone -> lone.stream().filter(one -> !one.isDeal() && !one.hasOwn()).toList())
        .flatMap(
            lone ->
                settings(query, lone)
                    .map(
                        set ->
                            lone.stream()
                                .map(one -> own(one, asked.get(one.key()), set.get(one.tenant())))
                                .toList()))
        .flatMap(made -> foundAll(work, query, made));
  }

  private Uni<Void> found(Work work, Query query, List<Lone> missing) {
    return settings(query, missing)
        .map(set -> made(missing, set))
        .flatMap(made -> foundAll(work, query, made));
  }

  private Uni<Void> foundAll(Work work, Query query, List<Made> made) {
    return made.isEmpty()
        ? Uni.createFrom().voidItem()
        : wanted
            .all(query, made.stream().map(one -> Target.of(one.conversation(), null)).toList())
            .flatMap(people -> foundAll(work, made, people));
  }

  private Uni<Map<String, SettingValues>> settings(Query query, List<Lone> missing) {
    Map<String, SettingValues> byTenant = new TreeMap<>();
    Uni<Void> all = Uni.createFrom().voidItem();
    for (String tenant : new HashSet<>(missing.stream().map(Lone::tenant).toList())) {
      all =
          all.chain(() -> settings.of(query, tenant))
              .invoke(set -> byTenant.put(tenant, set))
              .replaceWithVoid();
    }
    return all.replaceWith(byTenant);
  }

  private List<Made> made(List<Lone> missing, Map<String, SettingValues> settings) {
    List<Made> made = new ArrayList<>();
    Set<String> companies = new HashSet<>();
    for (Lone one : missing) {
      SettingValues set = settings.get(one.tenant());
      if (one.isDeal()) {
        if (!one.hasOwn() && set.isOn(Setting.DEAL_ROOMS_AUTO_CREATE)) {
          Conversation room = CustomerChannels.room(one.tenant(), one.id(), log.now());
          made.add(new Made(room, Actor.SYSTEM, one.ownerId(), null));
        }
      } else if (one.companyId() == null
          || set.text(Setting.DEFAULT_CLIENT_CHANNEL).equals("client")) {
        if (!one.hasOwn()) {
          made.add(own(one, Actor.SYSTEM, set));
        }
      } else if (!one.companyHas() && companies.add(one.tenant() + "/" + one.companyId())) {
        made.add(
            new Made(
                CustomerChannels.company(
                    one.tenant(), one.companyId(), one.companyName(), Actor.SYSTEM.id(), log.now()),
                Actor.SYSTEM,
                null,
                null));
      }
    }
    return made;
  }

  private Made own(Lone client, Actor by, SettingValues settings) {
    return new Made(
        CustomerChannels.client(
            client.tenant(), client.id(), client.ownerId(), client.followers(), by.id(), log.now()),
        by,
        null,
        CustomerChannels.welcome(settings, client.name(), client.companyName()));
  }

  private Uni<Void> foundAll(Work work, List<Made> made, Map<UUID, List<Person>> people) {
    Uni<Void> done = Uni.createFrom().voidItem();
    for (Made one : made) {
      List<Person> there =
          people.getOrDefault(one.conversation().id(), List.of()).stream().limit(FIRST).toList();
      String owner = owner(one, there);
      List<Membership> first =
          there.stream()
              .map(person -> person.initial(one.conversation(), role(one, person, owner)))
              .toList();
      done =
          done.chain(
                  () ->
                      founding.found(
                          work, one.by(), one.conversation(), first, null, one.welcome()))
              .replaceWithVoid();
    }
    return done;
  }

  /** The deal's owner; where the deal has none who is there, somebody must be. */
  private static String owner(Made made, List<Person> there) {
    return there.stream()
        .map(Person::id)
        .filter(id -> id.equals(made.dealOwner()))
        .findFirst()
        .orElse(there.isEmpty() ? null : there.get(0).id());
  }

  private static MemberRole role(Made made, Person person, String owner) {
    if (made.conversation().type() != ConversationType.DEAL_ROOM) {
      return null;
    }
    return person.id().equals(owner) ? MemberRole.OWNER : MemberRole.MEMBER;
  }
}
