// What stands in the log, from top to bottom: days, service lines, the mark of what is new, bubbles and albums.
import { el, word } from "./dom.js";
import { bubble } from "./message.js";
import { isNews, nameOf } from "./store.js";
import { dayKey, dayLabel } from "./time.js";

const stamps = new WeakMap();
let stamped = 0;

// A message is replaced when it changes, so the object itself tells whether the drawing is still true.
function stamp(message) {
  if (!stamps.has(message)) stamps.set(message, (stamped += 1));
  return stamps.get(message);
}

// ``seen`` is the order up to which messages were drawn before: later ones come in with a movement.
export function entriesOf(messages, { group, actor, unreadFrom, seen }) {
  const made = [];
  let previous = null;
  let day = "";
  let marked = unreadFrom === null;
  const line = (key, build) => {
    made.push({ key, build });
    previous = null;
  };
  for (const messagesTogether of together(messages)) {
    const [message] = messagesTogether;
    const at = new Date(message.at);
    if (dayKey(at) !== day) {
      day = dayKey(at);
      line(`day ${day}`, () => pill(dayLabel(at)));
    }
    if (!marked && message.order > unreadFrom && isNews(message)) {
      marked = true;
      line("unread", () => el("div", { class: "unread" }, word("unread")));
    }
    if (message.service) {
      line(`service ${stamp(message)}`, () => service(message));
      continue;
    }
    const own = message.from.id === actor;
    const shown = group && !own;
    const look = { own, joined: previous === message.from.id, named: shown, faced: shown, name: nameOf(message.from) };
    const fresh = message.order > seen;
    const key = `${messagesTogether.map(stamp)} ${JSON.stringify(look)}`;
    made.push({ key, build: () => bubble(messagesTogether, { ...look, fresh }) });
    previous = message.from.id;
  }
  return made;
}

// Messages one by one, an album as one.
function together(messages) {
  const groups = [];
  for (const message of messages) {
    const last = groups.at(-1);
    if (last && message.album && last[0].album === message.album) last.push(message);
    else groups.push([message]);
  }
  return groups;
}

const pill = (text) => el("div", { class: "pill" }, text);

function service(message) {
  const line = pill(message.service);
  line.dataset.id = message.id;
  return line;
}
