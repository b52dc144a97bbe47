package dev.parley.presence.edge;

import dev.parley.contracts.EventType;
import dev.parley.presence.LogRecord;

/**
 * One record on its way to many: a form for staff, and one for clients if any is there. Some is not
 * for clients ({@link ClientForm}), some for them alone ({@link LogRecord#forClientsAlone}).
 */
final class Delivery {
  private final LogRecord record;
  private Frame staff;
  private Frame client;
  private boolean clientKnown;
  private ContextForm context;

  Delivery(LogRecord record) {
    this.record = record;
  }

  /** The frame for that person, or null when there is none. */
  Frame frame(Members.User user) {
    if (record.audience() != null) {
      return new PersonalForm(record)
          .of(user, record.audience().indexOf(user.subject.kind(), user.subject.id()));
    }
    if (record.type().equals(EventType.CONTEXT_UPDATED)) {
      return user.isClient() ? null : context().of(user);
    }
    if (!user.isClient()) {
      if (record.forClientsAlone()) {
        return null;
      }
      if (staff == null) {
        staff = new Frame(record.frame());
      }
      return staff;
    }
    if (!clientKnown) {
      clientKnown = true;
      byte[] form = ClientForm.of(record.type(), record.frame());
      client = form == null ? null : new Frame(form);
    }
    return ClientForm.isFor(user, record) ? client : null;
  }

  /** The frame for staff who see the deal of the room. */
  Frame frameOfDeal() {
    if (record.type().equals(EventType.CONTEXT_UPDATED)) {
      return context().whole();
    }
    if (staff == null) {
      staff = new Frame(record.frame());
    }
    return staff;
  }

  private ContextForm context() {
    if (context == null) {
      context = new ContextForm(record);
    }
    return context;
  }
}
