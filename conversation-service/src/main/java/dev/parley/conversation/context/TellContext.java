package dev.parley.conversation.context;

import dev.parley.chassis.tx.Work;
import dev.parley.contracts.Actor;
import dev.parley.contracts.EventType;
import dev.parley.contracts.Json;
import dev.parley.contracts.event.Context;
import dev.parley.contracts.event.DealBar;
import dev.parley.contracts.event.DealReaders;
import dev.parley.conversation.ConversationLog;
import dev.parley.conversation.Query;
import dev.parley.conversation.context.Contexts.Room;
import dev.parley.conversation.context.Contexts.Stored;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;

/**
 * Tells a room's members of its context. The event carries the deal's fields with the list of those
 * who may see them; the edge gives them to nobody else.
 */
@ApplicationScoped
public class TellContext {
  private final Contexts contexts;
  private final DealBars bars;
  private final ConversationLog log;

  TellContext(Contexts contexts, DealBars bars, ConversationLog log) {
    this.contexts = contexts;
    this.bars = bars;
    this.log = log;
  }

  /**
   * Tells the rooms of deals, and of deals of companies, that the CRM has told of, each only if its
   * bar, or who may see it, is another than was told last.
   *
   * @param keys of records: {@code tenant/type/id}
   */
  public Uni<Void> recordsChanged(Work work, List<String> keys) {
    List<String[]> parts = new ArrayList<>();
    for (String key : keys) {
      String[] part = parts(key);
      if (part[1].equals("deal") || part[1].equals("company")) {
        parts.add(part);
      }
    }
    if (parts.isEmpty()) {
      return Uni.createFrom().voidItem();
    }
    return contexts
        .lockRooms(work, column(parts, 0), column(parts, 1), column(parts, 2))
        .flatMap(
            rooms -> {
              Uni<Void> all = Uni.createFrom().voidItem();
              for (Room room : rooms) {
                all = all.chain(() -> dealChanged(work, room));
              }
              return all;
            });
  }

  private Uni<Void> dealChanged(Work work, Room room) {
    return contexts
        .find(Query.in(work), room.tenant(), room.id())
        .flatMap(stored -> tell(work, Actor.SYSTEM, room, stored, false));
  }

  /**
   * Stores the context and tells of it, in a room that the work has locked.
   *
   * @param changed whether something else than the deal has; else it is told only if the deal has
   */
  Uni<Void> tell(Work work, Actor actor, Room room, Stored stored, boolean changed) {
    Query query = Query.in(work);
    return bars.ofAll(query, room.tenant(), room.deal())
        .flatMap(
            bar ->
                contexts
                    .readers(query, room)
                    .flatMap(
                        readers -> {
                          String told = Json.text(List.of(bar, readers));
                          if (!changed && told.equals(stored.told())) {
                            return Uni.createFrom().voidItem();
                          }
                          log.tell(
                              work,
                              actor,
                              EventType.CONTEXT_UPDATED,
                              room.tenant(),
                              room.id(),
                              context(bar, stored, readers));
                          return contexts.write(work, room.tenant(), room.id(), stored.told(told));
                        }));
  }

  /** The context with that bar. */
  static Context context(DealBar bar, Stored stored, DealReaders readers) {
    return new Context(
        bar,
        stored.written().topic(),
        stored.written().note(),
        stored.written().links(),
        stored.version(),
        stored.changedBy(),
        stored.changedAt(),
        readers);
  }

  /** A record's key; ids have no slash, types neither, tenants may. */
  private static String[] parts(String key) {
    int id = key.lastIndexOf('/');
    int type = key.lastIndexOf('/', id - 1);
    return new String[] {
      key.substring(0, type), key.substring(type + 1, id), key.substring(id + 1)
    };
  }

  private static String[] column(List<String[]> rows, int index) {
    return rows.stream().map(row -> row[index]).toArray(String[]::new);
  }
}
