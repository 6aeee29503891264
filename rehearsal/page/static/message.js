// One message as a bubble with its keyboard, or an album as one bubble.
import { follow, press, say } from "./actions.js";
import { colourOf, el, face, icon, word } from "./dom.js";
import { showQuoted } from "./log.js";
import { attachments } from "./media.js";
import { richText } from "./rich.js";
import { replyTo } from "./store.js";
import { hours } from "./time.js";

export function bubble(messages, { own, joined, named, faced, fresh, name }) {
  const [message] = messages;
  const worded = messages.find((one) => one.html) ?? message;
  const keyed = message.buttons.length > 0;
  const bare = !worded.html && Boolean(message.media);
  const classes = { own, joined, faced, keyed, fresh, bare };
  const answer = el(
    "button",
    { class: "round answer", type: "button", "aria-label": word("reply"), title: word("reply"), on: { click: () => reply(message) } },
    icon("reply"),
  );
  const post = el(
    "article",
    {
      class: `post ${Object.keys(classes).filter((key) => classes[key]).join(" ")}`,
      "aria-label": word("said-at", { name, time: hours(new Date(message.at)) }),
      on: { dblclick: ({ target }) => target.closest("button, a, input") || reply(message) },
    },
    faced ? (joined ? el("span") : face(message.from.id, name, "small")) : null,
    own ? answer : null,
    content(messages, worded, named && !joined ? name : null),
    own ? null : answer,
    keyed ? keyboard(message) : null,
  );
  post.dataset.id = message.id;
  post.dataset.kind = message.media?.kind ?? "text";
  return post;
}

function reply(message) {
  getSelection().removeAllRanges();
  replyTo(message);
  document.getElementById("text").focus();
}

function content(messages, worded, name) {
  const [message] = messages;
  const words = worded.html ? el("span", { class: "words" }, richText(worded.html, { command: say, link: follow })) : null;
  const edited = messages.some((one) => one.edited) ? `${word("edited")} ` : "";
  const meta = el("span", { class: "meta" }, `${edited}${hours(new Date(message.at))}`);
  return el(
    "div",
    { class: "bubble" },
    name ? el("bdi", { class: `name n${colourOf(message.from.id)}` }, name) : null,
    message.topic ? el("span", { class: "topic" }, word("topic", { title: message.topic })) : null,
    message.forwarded ? el("span", { class: "forwarded" }, word("forwarded", { name: message.forwarded })) : null,
    message.reply ? quote(message.reply) : null,
    message.media ? attachments(messages) : null,
    ...(message.media ? [el("div", { class: "caption" }, words, meta)] : [words, meta]),
  );
}

function quote(reply) {
  const parts = [el("b", {}, el("bdi", {}, reply.name)), el("span", {}, reply.text)];
  if (reply.gone) return el("span", { class: "quote" }, ...parts);
  const show = () => showQuoted(reply);
  return el("button", { class: "quote", type: "button", title: word("show-quoted"), on: { click: show } }, ...parts);
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
