// Writing as the acting person: text, replies, commands with completion.
import { addBot, say } from "./actions.js";
import { byId, el, word } from "./dom.js";
import { actAs, actorIn, draft, keepDraft, openChat, personOf, redraw, store } from "./store.js";

const text = byId("text");
const list = byId("commands");
let shown = null;
let chosen = 0;
let offered = [];

export function drawComposer() {
  const chat = openChat();
  if (!chat) return;
  if (shown !== chat.id) {
    shown = chat.id;
    store.replyTo = null;
    text.value = draft(chat.id);
    resized();
  }
  const quiet = chat.kind === "private" && (!chat.messages.length || chat.blocked);
  byId("start").hidden = !quiet;
  byId("start").textContent = word(chat.blocked ? "unblock" : "start");
  byId("write").hidden = quiet;
  byId("absent").hidden = chat.bot;
  who(chat);
  byId("replying").hidden = !store.replyTo;
  byId("replying-to").textContent = store.replyTo ? `${store.replyTo.from.name}: ${store.replyTo.preview}` : "";
  byId("slash").hidden = !commandsOf(chat).length;
}

function who(chat) {
  const select = byId("actor");
  byId("who").hidden = chat.kind !== "group";
  const key = JSON.stringify(chat.members);
  if (select.dataset.members !== key) {
    select.dataset.members = key;
    select.replaceChildren(
      ...chat.members.map(personOf).map(({ id, name, part }) => el("option", { value: id }, `${name}, ${part}`)),
    );
  }
  select.value = actorIn(chat);
}

const commandsOf = (chat) => store.state.commands[chat.kind];
const written = (chat, { command }) => (chat.kind === "group" ? `/${command}@${store.state.bot.username}` : `/${command}`);

function complete(typed = text.value) {
  const chat = openChat();
  offered = /^\/\w*$/.test(typed) ? commandsOf(chat).filter(({ command }) => command.startsWith(typed.slice(1).toLowerCase())) : [];
  chosen = Math.min(chosen, Math.max(offered.length - 1, 0));
  list.hidden = !offered.length;
  list.replaceChildren(
    ...offered.map((one, index) =>
      el(
        "li",
        { role: "option", "aria-selected": index === chosen, on: { click: () => take(one) } },
        el("b", {}, `/${one.command}`),
        el("span", {}, one.description),
      ),
    ),
  );
  list.children[chosen]?.scrollIntoView({ block: "nearest" });
}

function take(one) {
  text.value = written(openChat(), one);
  send();
}

async function send() {
  const chat = openChat();
  const said = text.value.trim();
  if (!said) return;
  const replyTo = store.replyTo?.id ?? null;
  text.value = "";
  store.replyTo = null;
  changed();
  redraw();
  if (!(await say(said, replyTo)) && !text.value && openChat() === chat) {
    text.value = said;
    changed();
  }
}

function changed() {
  if (shown !== null) keepDraft(shown, text.value);
  complete();
  resized();
}

function resized() {
  text.style.height = "auto";
  text.style.height = `${text.scrollHeight}px`;
  byId("write").querySelector(".send").disabled = !text.value.trim();
}

function keyPressed(event) {
  if (event.isComposing) return;
  const moves = { ArrowDown: 1, ArrowUp: -1 };
  if (offered.length && event.key in moves) {
    event.preventDefault();
    chosen = (chosen + moves[event.key] + offered.length) % offered.length;
    complete();
  } else if (offered.length && event.key === "Tab") {
    event.preventDefault();
    text.value = written(openChat(), offered[chosen]);
    changed();
  } else if (event.key === "Escape") {
    list.hidden = true;
    offered = [];
    store.replyTo = null;
    redraw();
  } else if (event.key === "Enter" && !event.shiftKey) {
    event.preventDefault();
    if (offered.length) take(offered[chosen]);
    else send();
  }
}

export function startComposer() {
  text.addEventListener("input", () => ((chosen = 0), changed()));
  text.addEventListener("keydown", keyPressed);
  byId("write").addEventListener("submit", (event) => (event.preventDefault(), send()));
  byId("start").addEventListener("click", () => say("/start"));
  byId("add-bot").addEventListener("click", addBot);
  byId("actor").addEventListener("change", ({ target }) => actAs(Number(target.value)));
  byId("cancel-reply").addEventListener("click", () => ((store.replyTo = null), redraw()));
  byId("slash").addEventListener("click", () => {
    if (list.hidden) complete("/");
    else list.hidden = true;
  });
  document.addEventListener("click", ({ target }) => {
    if (!list.contains(target) && !byId("slash").contains(target) && target !== text) list.hidden = true;
  });
}
