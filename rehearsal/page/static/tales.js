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

export function unsent(rows) {
  if (!rows.length) return [];
  const told = ({ to, text, why, attempts, at }) =>
    el(
      "li",
      { class: "tale" },
      el("b", {}, to),
      el("time", { datetime: at }, stamp(at)),
      el("span", { class: "line-of" }, text),
      el("span", { class: "met" }, [why, attempts ? word("trouble-attempts", { count: attempts }) : ""].filter(Boolean).join(" · ")),
    );
  return [el("h3", {}, word("trouble-unsent")), el("ul", {}, ...rows.map(told))];
}

export function met(rows) {
  if (!rows.length) return [el("li", { class: "none" }, word("trouble-nothing"))];
  return rows.map(({ at, to, text, met: troubles, end, came }) =>
    el(
      "li",
      { class: "tale" },
      el("b", {}, to),
      el("time", { datetime: at }, stamp(at)),
      el("span", { class: "line-of" }, text),
      el(
        "span",
        { class: "met" },
        `${troubles.map(({ kind, times }) => word(`met-${kind}`) + (times > 1 ? ` ×${times}` : "")).join(", ")} → `,
        el("span", { class: `end ${end}` }, word(`end-${end}`, { time: came ? stamp(came) : "" })),
      ),
    ),
  );
}
