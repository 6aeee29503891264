// What people got: numbers, what has not arrived, and the story of each message that met trouble.
import { now } from "./clock.js";
import { el, word } from "./dom.js";
import { dayKey, hours, nearDay } from "./time.js";

function stamp(text) {
  const instant = new Date(text);
  return dayKey(instant) === dayKey(now()) ? hours(instant) : `${nearDay(instant, now())} ${hours(instant)}`;
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
    el("b", {}, to),
    el("time", { datetime: at }, stamp(at)),
    el("span", { class: "line-of" }, text),
    el("span", { class: "met" }, ...became),
  );

export function unsent(rows) {
  if (!rows.length) return [];
  const tries = (attempts) => (attempts ? word("trouble-attempts", { count: attempts }) : "");
  const told = (row) => tale(row, [row.why, tries(row.attempts)].filter(Boolean).join(" · "));
  return [el("h3", {}, word("trouble-unsent")), el("ul", {}, ...rows.map(told))];
}

export function met(rows) {
  if (!rows.length) return [el("li", { class: "none" }, word("trouble-nothing"))];
  const trouble = ({ kind, times }) => word(`met-${kind}`) + (times > 1 ? ` ×${times}` : "");
  const ended = ({ end, came }) => el("span", { class: `end ${end}` }, word(`end-${end}`, { time: came ? stamp(came) : "" }));
  return rows.map((row) => tale(row, `${row.met.map(trouble).join(", ")} → `, ended(row)));
}
