// The conversation on the screen: drawing it, keeping the place where the reader is, loading more at both ends.
import { byId, el, reconcile, word } from "./dom.js";
import { conversation, enter, forgetOldest, lastLoaded, newer, older, show } from "./conversation.js";
import { entriesOf } from "./entries.js";
import { post } from "./net.js";
import { actorIn, chatOf, isHere, openChat, redraw, store } from "./store.js";
import { startSwipe } from "./swipe.js";

const NEAR = 80;
const AHEAD = 700;
const MANY = 30;
const log = byId("log");
let seen = 0;
let stuck = true;
let below = 0;
let wanted = null;

// Begin the conversation of a chat: at what is new in it, or at its end.
export async function beginLog(key, chat) {
  store.unreadFrom = chat.unread ? chat.read : null;
  log.replaceChildren();
  log.setAttribute("aria-busy", "true"); // what was said before is not read aloud
  stuck = true;
  below = 0;
  wanted = { start: true };
  await enter(key, chat.id, actorIn(chat), chat.unread > MANY ? chat.read : null);
  redraw();
}

export function drawLog(chat) {
  if (conversation.failed) return log.replaceChildren(el("p", { class: "void" }, word("not-loaded")));
  if (!conversation.ready) return undefined;
  const before = place();
  const focus = focused();
  const known = wanted?.start ? lastLoaded() : seen;
  const came = conversation.messages.filter((one) => one.order > known);
  if (stuck && !wanted) forgetOldest();
  const look = { group: chat.kind === "group", actor: actorIn(chat), unreadFrom: store.unreadFrom, seen: known };
  const entries = entriesOf(conversation.messages, look);
  reconcile(log, entries.length ? entries : [nothing(chat)]);
  seen = Math.max(seen, lastLoaded());
  stay(before, came);
  refocus(focus);
  settleBottom();
  markRead(chat);
  loadMore();
  setTimeout(() => log.setAttribute("aria-busy", "false"));
  return undefined;
}

function nothing(chat) {
  const text = word(chat.kind === "private" ? "about-bot" : "no-messages");
  return { key: "nothing", build: () => el("p", { class: "void" }, text) };
}

// Where the reader is: the first message that can be seen and how far it is from the top.
function place() {
  const first = [...log.children].find((child) => child.dataset.id && child.offsetTop + child.offsetHeight > log.scrollTop);
  return first && { id: first.dataset.id, offset: first.offsetTop - log.scrollTop };
}

const shownMessage = (id) => log.querySelector(`[data-id="${id}"]`);

function stay(before, came) {
  const goal = wanted;
  wanted = null;
  if (goal?.start) return start();
  if (goal?.id) return flash(goal.id);
  if (goal?.end || stuck || came.some((one) => one.from.id === actorIn(openChat()))) return toEnd();
  below += came.length;
  const kept = before && shownMessage(before.id);
  if (kept) log.scrollTop = kept.offsetTop - before.offset;
  return undefined;
}

function start() {
  const first = log.querySelector(".unread");
  if (first) log.scrollTop = first.offsetTop - 60;
  else toEnd();
}

function toEnd() {
  log.scrollTop = log.scrollHeight;
  below = 0;
}

function flash(id) {
  const message = shownMessage(id);
  if (!message) return;
  message.scrollIntoView({ block: "center" });
  message.classList.remove("flashed");
  requestAnimationFrame(() => message.classList.add("flashed"));
}

// Go to the message that is answered, loading the conversation around it where it is far away.
export async function showQuoted({ id, order }) {
  stuck = false;
  if (shownMessage(id)) flash(id);
  else if (await show(order)) {
    wanted = { id };
    redraw();
  }
}

// To the newest messages; what stands between is not loaded.
async function toNewest() {
  if (conversation.newer && !(await show())) return;
  wanted = { end: true };
  redraw();
}

async function loadMore() {
  const top = log.scrollTop < AHEAD && conversation.more && older;
  const bottom = log.scrollHeight - log.scrollTop - log.clientHeight < AHEAD && conversation.newer && newer;
  const load = top || bottom;
  if (load && (await load())) {
    seen = Math.max(seen, lastLoaded());
    redraw();
  }
}

// A redrawn bubble gives the focus back to the button that had it.
function focused() {
  const message = document.activeElement?.closest?.("#log > [data-id]");
  return message && { id: message.dataset.id, at: pressable(message).indexOf(document.activeElement) };
}

const pressable = (message) => [...message.querySelectorAll("button, a, input")];

function refocus(before) {
  if (!before || log.contains(document.activeElement)) return;
  const message = shownMessage(before.id);
  const buttons = message ? pressable(message) : [];
  (buttons[Math.min(before.at, buttons.length - 1)] ?? log).focus({ preventScroll: true });
}

function settleBottom() {
  stuck = !conversation.newer && log.scrollHeight - log.scrollTop - log.clientHeight < NEAR;
  if (stuck) below = 0;
  byId("bottom").hidden = stuck || !conversation.ready;
  byId("below").hidden = !below;
  byId("below").textContent = below;
}

// What is loaded counts as read while it is on the screen; the rest of a long absence stays new.
function markRead(chat) {
  const order = conversation.newer ? lastLoaded() : chat.newest;
  const visible = document.visibilityState === "visible" && log.offsetParent !== null;
  if (!visible || order <= chat.read || !isHere(chat)) return;
  chat.read = order;
  if (!conversation.newer) chat.unread = 0;
  post("read", { chat: chat.id, order }).then(
    ({ unread }) => (Object.assign(chatOf(chat.id) ?? {}, { unread }), redraw()),
    () => {},
  );
}

export function startLog() {
  startSwipe(log, (post) => post.querySelector(".answer").click());
  log.addEventListener("scroll", () => (settleBottom(), loadMore()), { passive: true });
  byId("bottom").addEventListener("click", toNewest);
  new ResizeObserver(() => stuck && toEnd()).observe(log);
  document.addEventListener("visibilitychange", redraw);
}
