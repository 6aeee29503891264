// Whose chat it is, and what can be done with it.
import { act } from "./actions.js";
import { askName, confirmed, openMenu } from "./dialogs.js";
import { byId, counted, face, reconcile, word } from "./dom.js";
import { openMembers } from "./members.js";
import { post } from "./net.js";
import { actAs, actorIn, isHere, openChat, personOf, store } from "./store.js";

const LONGEST_NAME = 64;
const LONGEST_TITLE = 128;

export function drawHead(chat) {
  const alone = chat.kind === "private";
  const { bot } = store.state;
  const title = alone ? bot.name : chat.title;
  reconcile(byId("head-face"), [{ key: `${chat.kind} ${title}`, build: () => face(alone ? bot.id : chat.id, title, chat.kind) }]);
  byId("head-title").textContent = title;
  const count = chat.members.length + Number(chat.bot);
  byId("head-note").textContent = alone ? word("seen-by", { name: chat.title }) : counted("members", count);
}

// The item, or nothing where it makes no sense now.
const when = (sensible, name, sign, go, danger = false) => (sensible ? [{ label: word(`menu-${name}`), sign, go, danger }] : []);

function privateItems(chat) {
  const { blocked, title } = chat;
  return [
    ...when(true, "start", "send", () => act("say", { text: "/start" })),
    ...when(true, "rename-self", "pen", () => rename("rename-self", "name", word("new-name"), title, LONGEST_NAME)),
    ...when(blocked, "unblock", "check", () => act("unblock")),
    ...when(!blocked, "block", "block", () => sure("block", word("ask-block", { name: title }), word("menu-block")), true),
  ];
}

function groupItems(chat) {
  const here = isHere(chat);
  const { title, bot, plain } = chat;
  const { name } = personOf(actorIn(chat));
  return [
    ...when(true, "members", "group", () => openMembers(openChat())),
    ...when(here, "rename-group", "pen", () => rename("rename-group", "title", word("new-title"), title, LONGEST_TITLE)),
    ...when(here && !bot, "add-bot", "plus", () => act("add-bot")),
    ...when(here && plain, "upgrade", "up", () => sure("upgrade", word("ask-upgrade", { title }), word("menu-upgrade"))),
    ...when(!here, "come-back", "enter", () => act("come-back")),
    ...when(here && bot, "remove-bot", "minus", () => sure("remove-bot", word("ask-remove-bot", { title }), word("menu-remove-bot")), true),
    ...when(here, "leave", "leave", () => sure("leave", word("ask-leave", { name, title }), word("menu-leave")), true),
  ];
}

async function sure(action, question, yes) {
  if (!(await confirmed(question, yes))) return;
  actAs(actorIn(openChat())); // whoever has left stays on the screen
  await act(action);
}

function rename(action, what, label, now, most) {
  const chat = openChat();
  const asked = { person: actorIn(chat), chat: chat.id };
  return askName(label, now, most, (typed) =>
    post(action, { ...asked, [what]: typed }).then(
      () => null,
      (refused) => refused.reason ?? word("not-sent"),
    ),
  );
}

export function startHead() {
  byId("menu").addEventListener("click", ({ currentTarget }) => {
    const chat = openChat();
    openMenu(currentTarget, chat.kind === "group" ? groupItems(chat) : privateItems(chat));
  });
}
