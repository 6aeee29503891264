// One message as a bubble with its keyboard.
import { press, follow, say } from "./actions.js";
import { colourOf, el, face, icon, word } from "./dom.js";
import { richText } from "./rich.js";
import { hours } from "./time.js";

export function bubble(message, { own, joined, named, faced, fresh, reply }) {
  const keyed = message.buttons.length > 0;
  const classes = { own, joined, faced, keyed, fresh };
  const answer = el(
    "button",
    { class: "round answer", type: "button", "aria-label": word("reply"), title: word("reply"), on: { click: () => reply(message) } },
    icon("reply"),
  );
  return el(
    "article",
    { class: `post ${Object.keys(classes).filter((name) => classes[name]).join(" ")}` },
    faced ? (joined ? el("span") : face(message.from.id, message.from.name, "small")) : null,
    own ? answer : null,
    content(message, named && !joined),
    own ? null : answer,
    keyed ? keyboard(message) : null,
  );
}

function content(message, named) {
  const { from, reply } = message;
  return el(
    "div",
    { class: "bubble" },
    named ? el("span", { class: `name n${colourOf(from.id)}` }, from.name) : null,
    reply ? el("span", { class: "quote" }, el("b", {}, reply.name), el("span", {}, reply.text)) : null,
    message.media ? el("span", { class: "media" }, message.media) : null,
    el("span", { class: "words" }, richText(message.html, { command: say, link: follow })),
    el("span", { class: "meta" }, `${message.edited ? `${word("edited")} ` : ""}${hours(new Date(message.at))}`),
  );
}

function keyboard(message) {
  const rows = message.buttons.map((row) => el("div", {}, ...row.map((button) => key(message, button))));
  return el("div", { class: "keys" }, ...rows);
}

function key(message, button) {
  const pressed = async ({ currentTarget }) => {
    if (currentTarget.getAttribute("aria-busy") === "true") return;
    currentTarget.setAttribute("aria-busy", "true");
    await press(message, button);
    currentTarget.removeAttribute("aria-busy");
  };
  const mark = button.url ? icon("out") : null;
  return el("button", { class: "key", type: "button", title: button.text, on: { click: pressed } }, el("span", {}, button.text), mark);
}
