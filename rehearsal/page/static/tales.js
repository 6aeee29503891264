// What people got: numbers, what has not arrived, and the story of each message that met trouble.
import { now } from "./clock.js";
import { el, word } from "./dom.js";
import { dayKey, hours, nearDay } from "./time.js";

const isToday = (instant) => dayKey(instant) === dayKey(now());
const dated = (instant) => `${nearDay(instant, now())}, ${hours(instant)}`;

// «09:25», or on another day «22 марта, вт, 09:25».
function stamp(text) {
  const instant = new Date(text);
  return isToday(instant) ? hours(instant) : dated(instant);
}

// When it came: «в 09:25».
function moment(text) {
  const instant = new Date(text);
  return isToday(instant) ? word("end-at", { time: hours(instant) }) : dated(instant);
}

export const tally = (told) =>
  ["sent", "waiting", "failed"].map((name) =>
    el("div", { class: name !== "sent" && told[name] ? "bad" : "", "data-count": name }, el("dt", {}, word(`trouble-${name}`)), el("dd", {}, String(told[name]))),
  );

// Whom it was for, when, what it said; and what became of it.
const tale = ({ to, at, text }, ...became) =>
  el(
    "li",
    { class: "tale" },
    el("b", {}, el("bdi", {}, to)),
    el("time", { datetime: at }, stamp(at)),
    el("span", { class: "line-of" }, text),
    el("span", { class: "met" }, ...became),
  );

export function unsent(rows) {
  const tries = (attempts) => (attempts ? word("trouble-attempts", { count: attempts }) : "");
  const told = (row) => tale(row, [row.why, tries(row.attempts)].filter(Boolean).join(" · "));
  const part = (name, some) => (some.length ? [el("h3", {}, word(name)), el("ul", {}, ...some.map(told))] : []);
  return [...part("trouble-waits", rows.filter(({ over }) => !over)), ...part("trouble-never", rows.filter(({ over }) => over))];
}

// Nothing is written to whoever has blocked the bot, so nothing waits for them either.
export const cutOff = (people) =>
  people.filter(({ blocked }) => blocked).map(({ name }) => el("li", {}, word("trouble-cut-off", { name })));

export function met(rows) {
  if (!rows.length) return [el("li", { class: "none" }, word("trouble-nothing"))];
  const trouble = ({ kind, times }) => word(`met-${kind}`) + (times > 1 ? ` ×${times}` : "");
  const ended = ({ end, came }) => el("span", { class: `end ${end}` }, word(`end-${end}`, { time: came ? moment(came) : "" }));
  return rows.map((row) => tale(row, `${row.met.map(trouble).join(", ")} → `, ended(row)));
}
