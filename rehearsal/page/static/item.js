// The chosen item: its deadline in the order's words, when the bot spoke of it and when it will.
import { sign } from "./chart.js";
import { jump, now } from "./clock.js";
import { byId, el, icon, word } from "./dom.js";
import { openMessage } from "./goto.js";
import { store } from "./store.js";
import { hours, nearDay } from "./time.js";

let shown = "";

export function drawItem(item, name, close) {
  const card = byId("item");
  const key = JSON.stringify([item, name]);
  if (key === shown) return;
  const opened = card.hidden && item;
  shown = key;
  card.hidden = !item;
  if (!item) return;
  const place = card.scrollTop;
  const focused = card.contains(document.activeElement) ? document.activeElement.dataset.focus : null;
  card.className = `item ${item.status}`;
  card.replaceChildren(...head(item, name, close), ...coming(item), ...said(item));
  card.scrollTop = opened ? 0 : place;
  if (focused) refocus(card, focused);
}

// A redrawn card gives the focus back to what had it; where that day is over, to the next one.
function refocus(card, name) {
  const [same, next] = [name, "ahead"].map((one) => card.querySelector(`[data-focus="${CSS.escape(one)}"]`));
  (same ?? next ?? card).focus({ preventScroll: Boolean(same) });
}

function head(item, name, close) {
  const shut = el(
    "button",
    { class: "round", type: "button", "aria-label": word("year-close"), title: word("year-close"), "data-focus": "shut", on: { click: close } },
    icon("close"),
  );
  return [
    el("div", { class: "top" }, el("h3", { id: "item-title" }, el("b", {}, name), ` ${item.title}`), shut),
    el("p", { class: "term" }, `${word("year-deadline")}: `, el("b", {}, item.deadline)),
    el("p", { class: "stands" }, item.stands),
  ];
}

function coming(item) {
  const days = item.days.filter((day) => !day.said);
  if (!days.length) return [el("h4", {}, word("year-coming")), el("p", { class: "none" }, word("year-no-more"))];
  const [first, ...rest] = days;
  const go = el("button", { class: "ahead", type: "button", "data-focus": "ahead", on: { click: () => goTo(first) } }, word("year-go"));
  return [
    el("h4", {}, word("year-coming")),
    el("ul", { class: "days" }, dayRow(first)),
    go,
    el("ul", { class: "days" }, ...rest.map((day) => dayRow(day, true))),
  ];
}

// The last thing said comes first.
function said(item) {
  const days = item.days.filter((day) => day.said).reverse();
  const list = days.length ? el("ul", { class: "days" }, ...days.map((day) => dayRow(day))) : el("p", { class: "none" }, word("year-silent"));
  return [el("h4", {}, word("year-said")), list];
}

function goTo({ at }) {
  if (!store.state.clock.moving) jump({ to: at });
}

function dayRow(day, reachable = false) {
  const instant = new Date(day.at);
  const label = nearDay(instant, now());
  const to = word("year-go-to", { day: label });
  // Chats that hear of it at another hour than the first have theirs named.
  const differ = new Set(day.chats.map(({ at }) => hours(new Date(at)))).size > 1;
  const hour = ({ at }) => (differ ? hours(new Date(at)) : "");
  const chats = day.chats.flatMap((chat, place) => (day.said ? [link(chat, label, hour(chat))] : plain(chat, place, hour(chat))));
  return el(
    "li",
    { class: "day" },
    sign(day.said),
    el("span", {}, differ ? label : `${label}, ${hours(instant)}`),
    reachable
      ? el("button", { class: "round jump", type: "button", "aria-label": to, title: to, "data-focus": day.at, on: { click: () => goTo(day) } }, icon("next"))
      : el("span"),
    el("span", { class: "where" }, `${day.why} · `, ...chats),
  );
}

const plain = ({ title }, place, hour) => [place ? ", " : "", el("bdi", {}, title), hour && ` ${hour}`];

function link(chat, day, hour) {
  const open = (event) => {
    event.preventDefault();
    openMessage(chat);
  };
  const label = word("year-show", { name: chat.title, day });
  return el("a", { href: `#${chat.id}`, "aria-label": label, title: label, "data-focus": `${chat.id} ${chat.message}`, on: { click: open } }, el("bdi", {}, chat.title), hour && ` ${hour}`);
}
