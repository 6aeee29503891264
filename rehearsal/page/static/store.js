// What the page knows: the list of chats as told by the server, and what the reader has chosen. Messages of the open chat
// are in conversation.js; of the others nothing is kept.
let changed = () => {};
let scheduled = false;
let chats = new Map();
let people = new Map();

export const store = { state: null, chatId: null, unreadFrom: null, replyTo: null };

export function onChange(listener) {
  changed = listener;
}

// Many events of one jump become one drawing.
export function redraw() {
  if (scheduled) return;
  scheduled = true;
  setTimeout(() => {
    scheduled = false;
    changed();
  }, 16);
}

const memory = {
  get: (key) => sessionStorage.getItem(key),
  set: (key, value) => sessionStorage.setItem(key, value),
};

export function accept(state) {
  if (memory.get("run") !== state.run) {
    sessionStorage.clear();
    memory.set("run", state.run);
  }
  store.state = state;
  chats = new Map((state.chats ?? []).map((chat) => [chat.id, chat]));
  people = new Map((state.people ?? []).map((person) => [person.id, person]));
  for (const [from, to] of Object.entries(state.moved ?? {})) moveDraft(from, to);
  redraw();
}

// The list is as the message's own summary says: an event that comes late or twice changes nothing.
export function summarise({ chat: id, summary }) {
  const chat = chatOf(id);
  if (!chat) return null;
  Object.assign(chat, summary);
  redraw();
  return chat;
}

export const chatOf = (id) => chats.get(id) ?? null;
export const openChat = () => chatOf(store.chatId);
export const personOf = (id) => people.get(id);
export const nameOf = ({ id, name }) => people.get(id)?.name ?? name;
export const isNews = (message) => message.from.bot && !message.service;

// Who acts in the chat: its owner, or in a group the person chosen, who may have left it.
export function actorIn(chat) {
  if (chat.kind !== "group") return chat.id;
  const chosen = Number(memory.get("actor"));
  return [...chat.members, ...chat.away].includes(chosen) ? chosen : (chat.members[0] ?? chat.away[0]);
}

export const isHere = (chat) => chat.kind !== "group" || chat.members.includes(actorIn(chat));

export function actAs(personId) {
  memory.set("actor", personId);
  redraw();
}

export const draft = (chatId) => memory.get(`draft ${chatId}`) ?? "";
export const keepDraft = (chatId, text) => memory.set(`draft ${chatId}`, text);
export const draftReply = (chatId) => JSON.parse(memory.get(`reply ${chatId}`) ?? "null");

export function replyTo(message) {
  store.replyTo = message && { id: message.id, name: nameOf(message.from), preview: message.preview };
  memory.set(`reply ${store.chatId}`, JSON.stringify(store.replyTo));
  redraw();
}

function moveDraft(from, to) {
  if (draft(from)) keepDraft(to, draft(from));
  keepDraft(from, "");
}
