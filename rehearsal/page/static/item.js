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
  card.className = `item ${item.status}`;
  card.replaceChildren(...head(item, name, close), ...coming(item), ...said(item));
  card.scrollTop = opened ? 0 : place;
}

function head(item, name, close) {
  const shut = el(
    "button",
    { class: "round", type: "button", "aria-label": word("year-close"), title: word("year-close"), on: { click: close } },
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
  const go = el("button", { class: "ahead", type: "button", on: { click: () => goTo(first) } }, word("year-go"));
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
  const chats = day.said ? day.chats.map((chat) => link(chat, label)) : [day.chats.map(({ title }) => title).join(", ")];
  return el(
    "li",
    { class: "day" },
    sign(day.said),
    el("span", {}, `${label}, ${hours(instant)}`),
    reachable
      ? el("button", { class: "round jump", type: "button", "aria-label": to, title: to, on: { click: () => goTo(day) } }, icon("next"))
      : el("span"),
    el("span", { class: "where" }, `${day.why} · `, ...chats),
  );
}

function link(chat, day) {
  const open = (event) => {
    event.preventDefault();
    openMessage(chat);
  };
  const label = word("year-show", { name: chat.title, day });
  return el("a", { href: `#${chat.id}`, "aria-label": label, title: label, on: { click: open } }, chat.title);
}
