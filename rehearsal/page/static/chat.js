// The open chat: its head, the conversation, what is read.
import { byId, counted, el, face, reconcile, word } from "./dom.js";
import { bubble } from "./message.js";
import { post } from "./net.js";
import { actorIn, isNews, lastOrder, openChat, redraw, store, unread } from "./store.js";
import { dayKey, dayLabel } from "./time.js";

const NEAR = 80;
const log = byId("log");
let shown = null;
let newest = 0;
let stuck = true;
let below = 0;

export function drawChat() {
  const chat = openChat();
  if (!chat) return;
  const entered = shown !== chat.id;
  if (entered) {
    shown = chat.id;
    store.unreadFrom = unread(chat) ? chat.read : null;
    newest = lastOrder(chat);
    below = 0;
    stuck = true;
    log.replaceChildren();
  }
  head(chat);
  const came = chat.messages.filter((one) => one.order > newest);
  reconcile(log, items(chat));
  newest = lastOrder(chat);
  if (entered) enter();
  else if (stuck || came.some((one) => !one.from.bot)) toBottom();
  else below += came.length;
  markRead(chat);
  drawBottom();
}

function head(chat) {
  const private_ = chat.kind === "private";
  const { bot } = store.state;
  const title = private_ ? bot.name : chat.title;
  reconcile(byId("head-face"), [{ key: title, build: () => face(private_ ? bot.id : chat.id, title, chat.kind) }]);
  byId("head-title").textContent = title;
  const count = chat.members.length + Number(chat.bot);
  byId("head-note").textContent = private_ ? word("seen-by", { name: chat.title }) : counted("members", count);
}

function items(chat) {
  const actor = actorIn(chat);
  const made = [];
  let previous = null;
  let day = "";
  for (const message of chat.messages) {
    const at = new Date(message.at);
    if (dayKey(at) !== day) {
      day = dayKey(at);
      made.push({ key: `day ${day}`, build: () => el("div", { class: "pill" }, dayLabel(at)) });
      previous = null;
    }
    if (store.unreadFrom !== null && message.order > store.unreadFrom && isNews(message) && !made.some(({ key }) => key === "unread")) {
      made.push({ key: "unread", build: () => el("div", { class: "unread" }, word("unread")) });
      previous = null;
    }
    if (message.service) {
      made.push({ key: `service ${message.id} ${message.service}`, build: () => el("div", { class: "pill" }, message.service) });
      previous = null;
      continue;
    }
    const own = message.from.id === actor;
    const group = chat.kind === "group";
    const look = { own, joined: previous === message.from.id, named: group && !own, faced: group && !own };
    const fresh = message.order > newest;
    made.push({ key: JSON.stringify([message, look]), build: () => bubble(message, { ...look, fresh, reply }) });
    previous = message.from.id;
  }
  if (!made.length) made.push(nothing(chat));
  return made;
}

function nothing(chat) {
  const text = word(chat.kind === "private" ? "about-bot" : "no-messages");
  return { key: "nothing", build: () => el("p", { class: "void" }, text) };
}

function reply(message) {
  store.replyTo = message;
  redraw();
  byId("text").focus();
}

function enter() {
  const first = log.querySelector(".unread");
  if (first) log.scrollTop = first.offsetTop - log.offsetTop - 60;
  else toBottom();
}

export function toBottom() {
  log.scrollTop = log.scrollHeight;
  below = 0;
}

function drawBottom() {
  stuck = log.scrollHeight - log.scrollTop - log.clientHeight < NEAR;
  if (stuck) below = 0;
  byId("bottom").hidden = stuck;
  byId("below").hidden = !below;
  byId("below").textContent = below;
}

function markRead(chat) {
  const order = lastOrder(chat);
  const visible = document.visibilityState === "visible" && log.offsetParent !== null;
  if (!visible || order <= chat.read) return;
  chat.read = order;
  post("read", { chat: chat.id, order }).catch(() => {});
}

export function startChat() {
  log.addEventListener("scroll", drawBottom, { passive: true });
  byId("bottom").addEventListener("click", () => (toBottom(), drawBottom()));
  new ResizeObserver(() => stuck && toBottom()).observe(log);
  document.addEventListener("visibilitychange", redraw);
}

// Leaving the chat: the next entering starts anew.
export function leaveChat() {
  shown = null;
}
