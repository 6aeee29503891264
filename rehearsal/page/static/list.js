// The list of chats: groups, then people.
import { byId, el, face, reconcile } from "./dom.js";
import { personOf, store, unread } from "./store.js";
import { compactDay, dayKey, hours } from "./time.js";

export function drawList() {
  const { chats } = store.state;
  draw(byId("groups"), chats.filter((chat) => chat.kind === "group"));
  draw(byId("people"), chats.filter((chat) => chat.kind === "private"));
}

function draw(container, chats) {
  const rows = chats.map((chat) => {
    const last = chat.messages.at(-1);
    const count = unread(chat);
    const current = chat.id === store.chatId;
    const at = last ? stamp(last) : "";
    const key = JSON.stringify([chat.id, chat.title, last?.preview, at, count, current]);
    return { key, build: () => row(chat, last, at, count, current) };
  });
  reconcile(container, rows);
}

function stamp(message) {
  const at = new Date(message.at);
  return dayKey(at) === dayKey(new Date(store.state.clock.now)) ? hours(at) : compactDay(at);
}

function row(chat, last, at, count, current) {
  const part = chat.kind === "private" ? personOf(chat.id).part : "";
  const author = last && chat.kind === "group" && !last.from.bot && !last.service ? `${last.from.name}: ` : "";
  const button = el(
    "button",
    { class: "row", type: "button", "aria-current": current, on: { click: () => (location.hash = `#${chat.id}`) } },
    face(chat.id, chat.title, chat.kind),
    el("span", { class: "title" }, chat.title),
    el("span", { class: "at" }, at),
    el("span", { class: "preview" }, part && el("span", { class: "part" }, part), part && last ? " · " : "", author + (last?.preview ?? "")),
    count ? el("span", { class: "badge" }, String(count)) : null,
  );
  return el("li", {}, button);
}
