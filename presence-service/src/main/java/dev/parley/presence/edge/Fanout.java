package dev.parley.presence.edge;

import dev.parley.contracts.Recipient;
import dev.parley.presence.LogRecord;
import java.util.List;
import java.util.UUID;

/** Queues what happens for the sockets of those whom it concerns. Belongs to one event loop. */
final class Fanout {
  final Onlookers onlookers = new Onlookers();
  private final Members members;

  Fanout(Members members) {
    this.members = members;
  }

  /**
   * To the conversation's members, or to the people to whom the record belongs. Throws at the end
   * why some did not get it.
   */
  void deliver(LogRecord record) {
    if (record.audience() != null) {
      hand(record);
      return;
    }
    Members.Room room = members.room(record.conversationId());
    boolean isTheirs = room != null && room.tenant.equals(record.tenant());
    if (!isTheirs && onlookers.isEmpty()) {
      return;
    }
    Delivery delivery = new Delivery(record);
    if (isTheirs) {
      deliver(record, delivery, room);
    }
    if (!onlookers.isEmpty()) {
      onlookers.deliver(record, delivery);
    }
    delivery.check();
  }

  private static void deliver(LogRecord record, Delivery delivery, Members.Room room) {
    List<Members.Seat> seats = room.seats;
    for (int i = 0; i < seats.size(); i++) {
      Members.Seat seat = seats.get(i);
      if (record.seq() >= 0 && record.seq() < seat.from) {
        continue;
      }
      Frame frame = delivery.frame(seat.user);
      if (frame != null) {
        queue(seat.user, frame, record.isHiddenFromImpersonators());
      }
    }
  }

  private void hand(LogRecord record) {
    if (record.audience().isEveryUser()) {
      Frame frame = new Frame(record.frame());
      members.eachUser(record.tenant(), user -> queue(user, frame, false));
      return;
    }
    PersonalForm form = new PersonalForm(record);
    RuntimeException failure = null;
    List<Recipient> to = record.audience().to();
    for (int i = 0; i < to.size(); i++) {
      Members.User user = members.find(record.tenant(), to.get(i));
      try {
        Frame frame = user == null ? null : form.of(user, i);
        if (frame != null) {
          queue(user, frame, record.isHiddenFromImpersonators());
        }
      } catch (RuntimeException e) {
        failure = e;
      }
    }
    if (failure != null) {
      throw failure;
    }
  }

  /**
   * What somebody does at this moment, for the others of the conversation; not for impersonators.
   * What names a thread goes to those alone who surely see its root.
   */
  void whisper(String tenant, UUID conversationId, Recipient by, boolean inThread, Frame frame) {
    Members.Room room = members.room(conversationId);
    if (room == null || !room.tenant.equals(tenant)) {
      return;
    }
    for (Members.Seat seat : room.seats) {
      if (!seat.user.subject.is(by) && (!inThread || seesThreadOf(seat, by))) {
        queue(seat.user, frame, true);
      }
    }
  }

  /**
   * Messages are not known here: any may be from before somebody's time, and one under which staff
   * writes may be a note. What a client names is none.
   */
  private static boolean seesThreadOf(Members.Seat seat, Recipient by) {
    return seat.from <= 1 && (!seat.user.isClient() || by.kind().equals("client"));
  }

  private static void queue(Members.User user, Frame frame, boolean inPerson) {
    List<Conn> devices = user.conns;
    for (int i = 0; i < devices.size(); i++) {
      Conn conn = devices.get(i);
      if (conn.live && !(inPerson && conn.session.isImpersonated())) {
        conn.event(frame);
      }
    }
  }
}
