// Who is in the group; a press makes the reader act as that person.
import { openBox } from "./dialogs.js";
import { el, face, word } from "./dom.js";
import { fits } from "./search.js";
import { actAs, actorIn, personOf, store } from "./store.js";

const MANY = 12;

export function openMembers(chat) {
  const box = () => list.closest("dialog");
  const people = [...chat.members, ...chat.away].map(personOf);
  const rows = people.map((person) => ({ person, element: row(chat, person, () => box().close()) }));
  const list = el("ul", { class: "members" }, ...rows.map(({ element }) => element), chat.bot ? botRow() : null);
  const search = el("input", { class: "field", type: "search", placeholder: word("search"), "aria-label": word("search-what") });
  search.addEventListener("input", () => {
    for (const { person, element } of rows) element.hidden = !fits(person, search.value);
  });
  const hint = el("p", { class: "hint" }, word("members-hint"));
  return openBox({ title: word("members-title"), content: [hint, people.length > MANY ? search : "", list] });
}

function row(chat, person, done) {
  const acts = person.id === actorIn(chat);
  const choose = () => {
    actAs(person.id);
    done();
  };
  const place = [person.place, person.part].filter(Boolean).join(" · ");
  const button = el(
    "button",
    { class: "row", type: "button", "aria-current": acts, title: word("act-here", { name: person.name }), on: { click: choose } },
    face(person.id, person.name),
    el("bdi", { class: "title" }, person.name),
    el("span", { class: "mark" }, markOf(chat, person)),
    el("span", { class: "part" }, place),
  );
  return el("li", {}, button);
}

function botRow() {
  const { id, name } = store.state.bot;
  const parts = [face(id, name), el("span", { class: "title" }, name), el("span", { class: "mark" }, word("bot"))];
  return el("li", { class: "row still" }, ...parts);
}

function markOf(chat, { id }) {
  if (chat.away.includes(id)) return word("away-mark");
  if (id === chat.owner) return word("owner");
  return chat.leaders.includes(id) ? word("leader") : "";
}
