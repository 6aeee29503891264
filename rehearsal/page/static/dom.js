// Small tools for building elements. Text from the world gets into the page only as text nodes.
const words = JSON.parse(document.getElementById("words").textContent);
const plurals = new Intl.PluralRules("ru");

export const byId = (id) => document.getElementById(id);

const NAMES = new Set(["name", "title"]);
const MARKS = /[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]/g;
const FROM_THE_RIGHT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;

// A name in a sentence: what is written from the right turns nothing around it. The server has the same in names.py.
export function isolated(name) {
  const plain = String(name).replace(MARKS, "");
  return plain !== String(name) || FROM_THE_RIGHT.test(plain) ? `\u2068${plain}\u2069` : plain;
}

export function word(name, values = {}) {
  return words[name].replace(/\{(\w+)\}/g, (_, key) => (NAMES.has(key) ? isolated(values[key]) : values[key]));
}

export function counted(name, count) {
  const form = plurals.select(count);
  return word(`${name}-${form === "one" || form === "few" ? form : "many"}`, { count });
}

export function el(tag, { class: name, on = {}, ...attributes } = {}, ...children) {
  const made = document.createElement(tag);
  if (name) made.className = name;
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== null && value !== false) made.setAttribute(key, value);
  }
  for (const [event, listener] of Object.entries(on)) made.addEventListener(event, listener);
  made.append(...children.filter((child) => child !== null && child !== undefined && child !== ""));
  return made;
}

export function icon(name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  use.setAttribute("href", `#i-${name}`);
  svg.append(use);
  return svg;
}

// «1,4 МБ»
export function sized(bytes) {
  const units = [["mb", 1024 * 1024], ["kb", 1024], ["bytes", 1]];
  const [unit, one] = units.find(([, size]) => bytes >= size) ?? units[2];
  return word(`size-${unit}`, { size: (bytes / one).toLocaleString("ru-RU", { maximumFractionDigits: unit === "mb" ? 1 : 0 }) });
}

const COLOURS = 6;
export const colourOf = (id) => Math.abs(id) % COLOURS;

export function face(id, name, kind = "") {
  const initials = name.replace(/[^\p{L}\p{N}+ ]/gu, "").split(/\s+/).filter(Boolean).map((part) => [...part][0]);
  const shown = /^\d/.test(name) ? name.slice(0, 4) : initials.slice(0, 2).join("").toUpperCase();
  return el("span", { class: `face c${colourOf(id)} ${kind} ${shown.length > 2 ? "long" : ""}`, "aria-hidden": "true" }, shown);
}

// Makes the children of a container equal to the items, keeping the elements that did not change.
export function reconcile(container, items) {
  const kept = new Map([...container.children].map((child) => [child.reconcileKey, child]));
  let at = container.firstElementChild;
  for (const { key, build } of items) {
    const made = kept.get(key) ?? build();
    kept.delete(key);
    made.reconcileKey = key;
    if (made === at) at = at.nextElementSibling;
    else container.insertBefore(made, at);
  }
  for (const child of kept.values()) child.remove();
}
