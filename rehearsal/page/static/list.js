// The list of chats: groups, then people by the part they play, with a search where there are many.
import { byId, counted, el, face, reconcile, word } from "./dom.js";
import { fits } from "./search.js";
import { personOf, redraw, store } from "./store.js";
import { compactDay, dayKey, hours } from "./time.js";

const MANY = 12;
const SECTIONS = [
  ["groups", null],
  ["coordinators", ["coordinator", "municipal"]],
  ["curators", ["curator"]],
  ["organisers", ["organiser"]],
  ["schools", ["head", "deputy", "teacher"]],
  ["strangers", ["stranger"]],
];
const search = byId("search");
const onlyUnread = byId("only-unread");
const lists = new Map();

export function drawList() {
  const { chats, people } = store.state;
  byId("find").hidden = people.length <= MANY;
  const unread = chats.some((chat) => chat.unread);
  onlyUnread.hidden = !unread && !isPressed();
  const focused = document.activeElement?.closest("#lists li")?.dataset.chat;
  let found = 0;
  for (const [name, posts] of SECTIONS) {
    const all = chats.filter((chat) => (posts ? posts.includes(personOf(chat.id)?.post) : chat.kind === "group"));
    const shown = all.filter(isWanted);
    found += shown.length;
    draw(lists.get(name), shown, all.reduce((sum, chat) => sum + chat.unread, 0));
  }
  byId("not-found").hidden = found > 0;
  if (focused && document.activeElement === document.body) byId("lists").querySelector(`[data-chat="${focused}"] .row`)?.focus();
}

const isPressed = () => onlyUnread.getAttribute("aria-pressed") === "true";

function isWanted(chat) {
  if (isPressed() && !chat.unread && chat.id !== store.chatId) return false;
  return fits(personOf(chat.id) ?? { name: chat.title, part: "", place: "" }, search.value);
}

function draw({ section, rows, badge }, chats, unread) {
  section.hidden = !chats.length;
  badge.hidden = !unread;
  badge.textContent = unread;
  reconcile(rows, chats.map(item));
}

function item(chat) {
  const { last, unread, title, id } = chat;
  const person = personOf(id);
  const place = person ? [person.place, person.part].filter(Boolean).join(" · ") : "";
  const at = last ? stamp(new Date(last.at)) : "";
  const current = id === store.chatId;
  const key = JSON.stringify([id, title, place, last?.author, last?.preview, at, unread, current, chat.blocked]);
  return { key, build: () => row(chat, place, at, current) };
}

function stamp(at) {
  return dayKey(at) === dayKey(new Date(store.state.clock.now)) ? hours(at) : compactDay(at);
}

function row({ id, title, kind, last, unread, members, bot, blocked }, place, at, current) {
  const note = place || (last ? "" : counted("members", members.length + Number(bot)));
  const said = last ? (last.author ? `${last.author}: ` : "") + last.preview : "";
  const button = el(
    "button",
    { class: `row ${blocked ? "blocked" : ""}`, type: "button", "aria-current": current, on: { click: () => (location.hash = `#${id}`) } },
    face(id, title, kind),
    el("span", { class: "title" }, title),
    el("span", { class: "at" }, at),
    note ? el("span", { class: "part" }, note) : null,
    said ? el("span", { class: "preview" }, said) : null,
    unread ? el("span", { class: "badge", "aria-label": word("new-messages", { count: unread }) }, String(unread)) : null,
  );
  const made = el("li", {}, button);
  made.dataset.chat = id;
  return made;
}

// The arrows walk the list.
function walk(event) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step || event.target === onlyUnread) return;
  const rows = [...byId("lists").querySelectorAll("section:not([hidden]) .row")];
  const next = rows[rows.indexOf(document.activeElement) + step];
  event.preventDefault();
  (next ?? (step < 0 ? search : null))?.focus();
}

export function startList() {
  for (const [name] of SECTIONS) {
    const badge = el("span", { class: "badge", hidden: "" });
    const rows = el("ul");
    const section = el("section", { role: "group", "aria-label": word(name) }, el("h2", {}, word(name), badge), rows);
    lists.set(name, { section, rows, badge });
    byId("lists").append(section);
  }
  search.addEventListener("input", redraw);
  search.addEventListener("keydown", ({ key }) => key === "Escape" && ((search.value = ""), redraw()));
  onlyUnread.addEventListener("click", () => (onlyUnread.setAttribute("aria-pressed", !isPressed()), redraw()));
  byId("chats").addEventListener("keydown", walk);
}
