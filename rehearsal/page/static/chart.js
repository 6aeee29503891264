// The chart of the year: months, a row for each item, bars, dots and today's line. Places are SVG attributes in percent.
import { byId, el, reconcile } from "./dom.js";
import { dayKey, monthLetter } from "./time.js";

const SVG = "http://www.w3.org/2000/svg";
const DAY = 86_400_000;
const TAIL_DAYS = 14;
let drawn = "";

function svg(tag, attributes, ...children) {
  const made = document.createElementNS(SVG, tag);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

const at = (day) => Date.parse(`${day}T00:00:00Z`);
const percent = (part) => `${Math.min(Math.max(part * 100, 0), 100).toFixed(3)}%`;

// Where a day begins, as a part of the scale; ``shift`` in days.
const place = ({ first, last }, day, shift = 0) => (at(day) + shift * DAY - at(first)) / (at(last) + DAY - at(first));
const x = (scale, day, shift) => percent(place(scale, day, shift));

export function drawChart(told, chosen, { choose, hover, name }) {
  const scale = `${told.first} ${told.last}`;
  if (drawn !== scale) drawMonths(told);
  drawn = scale;
  const rows = told.items.map((item) => ({
    key: JSON.stringify([scale, item, name(item), item.id === chosen]),
    build: () => row(told, item, item.id === chosen, name(item)),
  }));
  const lines = byId("lines");
  const focused = document.activeElement?.closest?.("#lines .line")?.dataset.id;
  reconcile(lines, rows);
  for (const line of lines.querySelectorAll(".line")) line.tabIndex = -1;
  (lines.querySelector('[aria-expanded="true"]') ?? lines.querySelector(".line"))?.setAttribute("tabindex", "0");
  if (focused) lines.querySelector(`[data-id="${focused}"]`)?.focus({ preventScroll: true });
  const item = (event) => told.items.find(({ id }) => String(id) === event.target.closest?.(".line")?.dataset.id);
  lines.onclick = (event) => item(event) && choose(item(event));
  lines.onpointerover = lines.onfocusin = (event) => item(event) && hover(item(event));
  lines.onpointerleave = lines.onfocusout = () => hover();
  lines.onkeydown = walk;
}

// The arrows walk the rows, as in a list.
function walk(event) {
  const rows = [...byId("lines").querySelectorAll(".line")];
  const now = rows.indexOf(document.activeElement);
  const places = { ArrowDown: now + 1, ArrowUp: now - 1, Home: 0, End: rows.length - 1 };
  if (!(event.key in places) || now < 0) return;
  event.preventDefault();
  const next = rows[Math.min(Math.max(places[event.key], 0), rows.length - 1)];
  rows[now].tabIndex = -1;
  next.tabIndex = 0;
  next.focus();
}

function drawMonths(told) {
  const letters = [];
  const lines = [];
  for (let day = told.first; day <= told.last; day = nextMonth(day)) {
    const end = nextMonth(day);
    const middle = percent((place(told, day) + place(told, end)) / 2);
    letters.push(svg("text", { x: middle, y: 14, "data-month": day.slice(0, 7) }, monthLetter(new Date(at(day)))));
    const turn = day.slice(5, 7) === "01" ? "turn" : "";
    lines.push(svg("line", { class: turn, x1: x(told, day), x2: x(told, day), y1: 0, y2: "100%" }));
  }
  const mark = svg("circle", { id: "today-mark", cy: 19, r: 2.6 });
  byId("axis").replaceChildren(...letters, mark);
  byId("grid").replaceChildren(...lines, svg("line", { id: "today", class: "today", y1: 0, y2: "100%" }));
}

function nextMonth(day) {
  const [year, month] = day.split("-").map(Number);
  return new Date(Date.UTC(year, month, 1)).toISOString().slice(0, 10);
}

export function markToday(told, instant) {
  const line = byId("today");
  if (!line) return;
  const day = dayKey(instant);
  const where = x(told, day, 0.5);
  if (line.getAttribute("x1") === where) return;
  line.setAttribute("x1", where);
  line.setAttribute("x2", where);
  byId("today-mark").setAttribute("cx", where);
  for (const letter of byId("axis").querySelectorAll("text")) {
    letter.setAttribute("class", letter.dataset.month === day.slice(0, 7) ? "present" : "");
  }
}

function row(told, item, open, name) {
  const label = `${name} ${item.title}, ${item.when}, ${item.stands}`;
  const button = el(
    "button",
    { class: `line ${item.status}`, type: "button", "aria-label": label, "aria-expanded": open, "aria-controls": "item", "data-id": item.id },
    el("span", { class: "no", "aria-hidden": "true" }, String(item.number)),
    svg("svg", { class: "track", "aria-hidden": "true" }, ...bar(told, item), ...dots(told, item)),
  );
  return el("li", {}, button);
}

const line = (name, x1, x2) => svg("line", { class: name, x1, x2, y1: "50%", y2: "50%" });
const tick = (where) => svg("line", { class: "tick", x1: where, x2: where, y1: "14%", y2: "86%" });

// A period is a band, a named day a tick; «до …» and «после …» have a band only on their open side.
function bar(told, { from, to }) {
  if (!from && !to) return [line("never", "0%", "100%")];
  const starts = from ?? to;
  const ends = to ?? from;
  const first = from ? x(told, from) : x(told, starts, -TAIL_DAYS);
  const last = to ? x(told, to, 1) : x(told, ends, TAIL_DAYS);
  return [line("band", first, last), tick(x(told, to ?? from, 0.5))];
}

// A dot a day, filled when something was said on it; what is said lies above what will be.
function dots(told, { days }) {
  const found = new Map();
  for (const { at: instant, said } of days) {
    const key = dayKey(new Date(instant));
    found.set(key, said || found.get(key) === true);
  }
  return [...found]
    .sort(([, one], [, other]) => one - other)
    .map(([day, said]) => svg("circle", { class: said ? "dot" : "dot hollow", cx: x(told, day, 0.5), cy: "50%", r: said ? 1.9 : 1.5 }));
}

// The same dot beside a word.
export const sign = (said) =>
  svg("svg", { viewBox: "0 0 8 8", "aria-hidden": "true" }, svg("circle", { class: said ? "dot" : "dot hollow", cx: 4, cy: 4, r: 3 }));
