import type { Store } from "../../src/index.ts";

type Thing = Record<string, any>;

/**
 * What of a store must be equal however it was put together, one line for each thing. What lists
 * leave out by themselves (hidden, archived, nothing unread) is no difference.
 */
export function state(store: Store): Record<string, string> {
  const lines: Record<string, string> = {};
  const line = (key: string, thing: Thing, ...fields: string[]): void => {
    lines[key] = fields
      .map((field) => `${field}=${shown(thing[field])}`)
      .join(" ");
  };
  for (const [id, one] of store.conversations) {
    if (one.hidden === true || one.state === "archived") {
      continue;
    }
    line(`conversation ${id}`, one, "type", "name", "subject", "state", "version", "starred");
    for (const message of store.timeline(id)) {
      const key = `message ${id} ${message.id}`;
      line(key, message, "seq", "body", "deleted", "deletedBy", "version", "threadRoot");
      if (!("deleted" in message)) {
        lines[`${key} beside`] = beside(message);
      }
    }
    store.members.get(id)?.forEach((member) => {
      line(`member ${id} ${member.id}`, member, "userId", "role", "source");
    });
    store.reads.get(id)?.forEach((seq, user) => {
      if (seq > 0) {
        lines[`read ${id} ${user}`] = `${seq}`;
      }
    });
    const pins = store.pins.get(id);
    lines[`pins ${id}`] = `${pins?.version} ${[...(pins?.messageIds ?? [])].sort()}`;
    lines[`editing ${id}`] = `${store.editing.get(id)?.holder.id}`;
    const { unread = 0, mentions = 0, threadUnread = 0 } = store.unread.get(id) ?? {};
    lines[`unread ${id}`] = `${unread} ${mentions} ${threadUnread}`;
    const context = store.contexts.get(id);
    if (context !== undefined) {
      line(`context ${id}`, context, "topic", "note", "version");
    }
  }
  store.drafts.forEach((one, key) => one.deleted === true || line(`draft ${key}`, one, "body"));
  store.scheduled.forEach((one, id) => {
    // What is through is listed no more.
    if (!["cancelled", "sent"].includes(one.state)) {
      line(`scheduled ${id}`, one, "body", "state");
    }
  });
  store.broadcasts.forEach((one, id) => line(`broadcast ${id}`, one, "state", "total", "sent"));
  store.bookmarks.forEach((one, id) => {
    if (one.gone !== true) {
      line(`bookmark ${id}`, one, "type", "note", "status", "version", "visibility");
    }
  });
  return lines;
}

function beside(message: Thing): string {
  const reactions = (message["reactions"] ?? [])
    .map((kind: Thing) => kind["emoji"] + [...(kind["users"] ?? [])].sort())
    .sort();
  const thread = message["thread"];
  const counted = (thread?.count ?? 0) === 0 ? "" : `${thread.count} ${thread.lastSeq}`;
  const deliveries = (message["deliveries"] ?? []).map((one: Thing) => one["to"] + one["status"]);
  return `${reactions} ${counted} ${deliveries}`;
}

/** What is absent, null and empty is the same. */
function shown(value: unknown): string {
  const nothing = value === undefined || value === null || (Array.isArray(value) && value.length === 0);
  return nothing ? "" : JSON.stringify(value);
}
