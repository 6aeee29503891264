// People who block the bot, by the drawer: somebody, a few, or one by name; and each can take it back.
import { byId, el, icon, word } from "./dom.js";
import { sendTrouble } from "./faults.js";

let able = [];

export function blockRow() {
  const block = el("button", { class: "do", type: "button", id: "block", on: { click: ask } }, word("trouble-do-block"));
  return el(
    "div",
    { class: "fault" },
    el("span", { class: "what" }, word("trouble-block"), el("small", {}, word("trouble-block-note"))),
    el("div", { class: "many", id: "many-block" }, el("select", { id: "whom", "aria-label": word("trouble-who") }), block),
    el("p", { class: "none", id: "nobody" }, word("trouble-nobody")),
    el("div", { class: "who-blocked", id: "who-blocked" }),
  );
}

function ask() {
  const { value } = byId("whom");
  const counts = { one: 1, two: 2, half: Math.ceil(able.length / 2) };
  sendTrouble(value in counts ? { kind: "block", count: counts[value] } : { kind: "block", people: [Number(value)] });
}

export function setBlocked(people) {
  const before = JSON.stringify(able);
  able = people.filter(({ blocked }) => !blocked);
  byId("nobody").hidden = people.length > 0;
  byId("many-block").hidden = !able.length;
  if (before !== JSON.stringify(able)) byId("whom").replaceChildren(...choices());
  byId("who-blocked").replaceChildren(...people.filter(({ blocked }) => blocked).map(chip));
}

function choices() {
  const several = able.length > 2 ? [["one", "anyone"], ["two", "two"], ["half", "half"]] : [];
  return [
    ...several.map(([value, name]) => el("option", { value }, word(`trouble-${name}`))),
    ...able.map(({ id, name }) => el("option", { value: id }, name)),
  ];
}

function chip({ id, name }) {
  const label = word("trouble-unblock", { name });
  const back = () => sendTrouble({ kind: "unblock", people: [id] });
  return el("button", { type: "button", "aria-label": label, title: label, on: { click: back } }, name, icon("close"));
}
