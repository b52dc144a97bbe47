package dev.parley.presence.edge;

import dev.parley.contracts.EventType;
import dev.parley.presence.LogRecord;
import java.util.function.Supplier;

/**
 * One record on its way to many: a form for staff ({@link StaffForm}), and one for clients if any
 * is there. Some is not for clients ({@link ClientForm}), some for them alone ({@link
 * LogRecord#forClientsAlone}).
 *
 * <p>A form that cannot be made, of what a newer service has written perhaps, is missing for those
 * who would get it; the others get theirs.
 */
final class Delivery {
  private final LogRecord record;
  private Frame staff;
  private ClientForm client;
  private boolean staffKnown;
  private boolean clientKnown;
  private ContextForm context;
  private boolean contextKnown;
  private RuntimeException failure;

  Delivery(LogRecord record) {
    this.record = record;
  }

  /** The frame for that person, or null when there is none. */
  Frame frame(Members.User user) {
    if (record.audience() != null) {
      int index = record.audience().indexOf(user.subject.kind(), user.subject.id());
      return made(() -> new PersonalForm(record).of(user, index));
    }
    if (record.type().equals(EventType.CONTEXT_UPDATED)) {
      return user.isClient() || context() == null ? null : context().of(user);
    }
    if (!user.isClient()) {
      if (record.forClientsAlone()) {
        return null;
      }
      return staff();
    }
    if (!clientKnown && !record.staffOnly()) {
      client = made(() -> ClientForm.of(record.type(), record.frame()));
    }
    clientKnown = true;
    return client == null || !ClientForm.isFor(user, record) ? null : client.frame(user);
  }

  /** The frame for staff who see the deal of the room. */
  Frame frameOfDeal() {
    if (record.type().equals(EventType.CONTEXT_UPDATED)) {
      return context() == null ? null : context().whole();
    }
    return staff();
  }

  private Frame staff() {
    if (!staffKnown) {
      staffKnown = true;
      byte[] form = made(() -> StaffForm.of(record.type(), record.frame()));
      staff = form == null ? null : new Frame(form);
    }
    return staff;
  }

  /** To be called at the end: throws why a form could not be made. */
  void check() {
    if (failure != null) {
      throw failure;
    }
  }

  private ContextForm context() {
    if (!contextKnown) {
      contextKnown = true;
      context = made(() -> new ContextForm(record));
    }
    return context;
  }

  private <T> T made(Supplier<T> form) {
    try {
      return form.get();
    } catch (RuntimeException e) {
      failure = e;
      return null;
    }
  }
}
