// The list of chats: groups, then people by the part they play, with a search where there are many.
import { byId, counted, el, face, reconcile, word } from "./dom.js";
import { fitness } from "./search.js";
import { personOf, redraw, store } from "./store.js";
import { compactDay, dayKey, hours } from "./time.js";
import { goToChat } from "./way.js";

const MANY = 12;
const DRAWN_MS = 30;
const desk = matchMedia("(min-width: 700px)");
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
    const fit = new Map(all.map((chat) => [chat, fitOf(chat)]));
    const shown = all.filter((chat) => fit.get(chat)).sort((one, other) => fit.get(other) - fit.get(one));
    found += shown.length;
    draw(lists.get(name), shown, all.reduce((sum, chat) => sum + chat.unread, 0));
  }
  byId("not-found").hidden = found > 0;
  if (focused && document.activeElement === document.body) byId("lists").querySelector(`[data-chat="${focused}"] .row`)?.focus();
  stop(document.activeElement);
}

const isPressed = () => onlyUnread.getAttribute("aria-pressed") === "true";

// 0 where the chat is not wanted; without a search all are wanted alike.
function fitOf(chat) {
  if (isPressed() && !chat.unread && chat.id !== store.chatId) return 0;
  if (!search.value.trim()) return 1;
  return fitness(personOf(chat.id) ?? { name: chat.title, part: "", place: "" }, search.value);
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
  const author = last?.author ? [el("bdi", {}, last.author), ": "] : [];
  const button = el(
    "button",
    { class: `row ${blocked ? "blocked" : ""}`, type: "button", "aria-current": current, on: { click: ({ detail }) => open(id, detail === 0) } },
    face(id, title, kind),
    el("bdi", { class: "title" }, title),
    el("span", { class: "at" }, at),
    note ? el("span", { class: "part" }, note) : null,
    last ? el("span", { class: "preview" }, ...author, el("bdi", {}, last.preview)) : null,
    unread ? el("span", { class: "badge", "aria-label": word("new-messages", { count: unread }) }, String(unread)) : null,
  );
  const made = el("li", {}, button);
  made.dataset.chat = id;
  return made;
}

// By the keyboard it is opened in order to write.
function open(id, byKeyboard) {
  goToChat(id);
  if (byKeyboard && desk.matches) setTimeout(() => [byId("text"), byId("start")].find((one) => one.offsetParent)?.focus(), DRAWN_MS);
}

const rowsShown = () => [...byId("lists").querySelectorAll("section:not([hidden]) .row")];

// The list is one stop of Tab: the row that has the focus, otherwise the open chat.
function stop(row) {
  const rows = rowsShown();
  const chosen = rows.includes(row) ? row : (rows.find((one) => one.getAttribute("aria-current") === "true") ?? rows[0]);
  for (const one of rows) one.tabIndex = one === chosen ? 0 : -1;
}

// The arrows walk the list.
function walk(event) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step || event.target === onlyUnread) return;
  const rows = rowsShown();
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
  byId("lists").addEventListener("focusin", ({ target }) => stop(target));
}
