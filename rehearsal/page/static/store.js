// What the page knows: the world's state as told by the server, and what the reader has chosen.
let changed = () => {};
let scheduled = false;

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
  redraw();
}

export function put(message) {
  const chat = chatOf(message.chat);
  if (!chat) return null;
  const at = chat.messages.findIndex((one) => one.id === message.id);
  if (at >= 0) chat.messages[at] = message;
  else chat.messages.push(message);
  redraw();
  return at < 0 ? chat : null;
}

export function forget({ chat: id, id: messageId }) {
  const chat = chatOf(id);
  if (chat) chat.messages = chat.messages.filter((one) => one.id !== messageId);
  redraw();
}

export const chatOf = (id) => store.state?.chats.find((chat) => chat.id === id) ?? null;
export const openChat = () => chatOf(store.chatId);
export const personOf = (id) => store.state.people.find((person) => person.id === id);
export const isNews = (message) => message.from.bot && !message.service;
export const unread = (chat) => chat.messages.filter((one) => one.order > chat.read && isNews(one)).length;
export const lastOrder = (chat) => chat.messages.at(-1)?.order ?? 0;

// Who acts in the chat: its owner, or in a group the person chosen.
export function actorIn(chat) {
  const chosen = Number(memory.get("actor"));
  return chat.members.includes(chosen) && chat.kind === "group" ? chosen : chat.members[0];
}

export function actAs(personId) {
  memory.set("actor", personId);
  redraw();
}

export const draft = (chatId) => memory.get(`draft ${chatId}`) ?? "";
export const keepDraft = (chatId, text) => memory.set(`draft ${chatId}`, text);
