// Writing as the acting person: text, replies, commands with completion.
import { act, say } from "./actions.js";
import { byId, el, isolated, word } from "./dom.js";
import { actAs, actorIn, draft, draftReply, isHere, keepDraft, openChat, personOf, redraw, replyTo, store } from "./store.js";

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
    store.replyTo = draftReply(chat.id);
    text.value = draft(chat.id);
    resized();
  }
  const here = isHere(chat);
  const quiet = chat.kind === "private" && (!chat.newest || chat.blocked);
  byId("start").hidden = !quiet;
  byId("start").textContent = word(chat.blocked ? "unblock" : "start");
  byId("blocked").hidden = !chat.blocked;
  byId("write").hidden = quiet || !here;
  byId("absent").hidden = chat.bot || !here;
  byId("away").hidden = here;
  byId("away-text").textContent = here ? "" : word("away", { name: personOf(actorIn(chat)).name });
  who(chat);
  byId("replying").hidden = !store.replyTo || !here;
  byId("replying-to").replaceChildren(...(store.replyTo ? [el("b", {}, el("bdi", {}, store.replyTo.name)), ` ${store.replyTo.preview}`] : []));
  byId("slash").hidden = !commandsOf(chat).length;
}

function who(chat) {
  const select = byId("actor");
  byId("who").hidden = chat.kind !== "group";
  if (chat.kind !== "group") return;
  const people = [...chat.members, ...chat.away].map(personOf);
  const key = JSON.stringify([people.map(({ id, name }) => [id, name]), chat.away]);
  if (select.dataset.members !== key) {
    select.dataset.members = key;
    const note = ({ id, part }) => (chat.away.includes(id) ? word("away-mark") : part);
    select.replaceChildren(...people.map((one) => el("option", { value: one.id }, `${isolated(one.name)}, ${note(one)}`)));
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
  list.replaceChildren(...offered.map(option));
  if (offered.length) text.setAttribute("aria-activedescendant", `command-${chosen}`);
  else text.removeAttribute("aria-activedescendant");
  list.children[chosen]?.scrollIntoView({ block: "nearest" });
}

function option(one, index) {
  const attributes = { id: `command-${index}`, role: "option", "aria-selected": String(index === chosen), on: { click: () => take(one) } };
  return el("li", attributes, el("b", {}, `/${one.command}`), el("span", {}, one.description));
}

function take(one) {
  text.value = written(openChat(), one);
  send();
}

async function send() {
  const chat = openChat();
  const said = text.value.trim();
  if (!said) return;
  const answered = store.replyTo;
  clearText();
  replyTo(null);
  if ((await say(said, answered?.id ?? null)) || text.value || openChat()?.id !== chat.id) return;
  text.value = said;
  changed();
  replyTo(answered);
}

export function clearText() {
  text.value = "";
  changed();
}

function changed() {
  if (shown !== null) keepDraft(shown, text.value);
  complete();
  resized();
}

function resized() {
  text.style.height = "auto";
  if (text.scrollHeight) text.style.height = `${text.scrollHeight}px`; // none while it is not seen
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
    closeCommands();
    replyTo(null);
  } else if (event.key === "Enter" && !event.shiftKey) {
    event.preventDefault();
    if (offered.length) take(offered[chosen]);
    else send();
  }
}

function closeCommands() {
  list.hidden = true;
  offered = [];
  text.removeAttribute("aria-activedescendant");
}

export function startComposer() {
  text.addEventListener("input", () => ((chosen = 0), changed()));
  text.addEventListener("keydown", keyPressed);
  byId("write").addEventListener("submit", (event) => (event.preventDefault(), send()));
  byId("start").addEventListener("click", () => say("/start"));
  byId("add-bot").addEventListener("click", () => act("add-bot"));
  byId("come-back").addEventListener("click", () => act("come-back"));
  byId("actor").addEventListener("change", ({ target }) => actAs(Number(target.value)));
  byId("cancel-reply").addEventListener("click", () => replyTo(null));
  byId("slash").addEventListener("click", () => (list.hidden ? complete("/") : closeCommands()));
  document.addEventListener("click", ({ target }) => {
    if (!list.contains(target) && !byId("slash").contains(target) && target !== text) closeCommands();
  });
  addEventListener("resize", redraw);
}
