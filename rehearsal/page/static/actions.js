// What the acting person does in the open chat. What is refused is said in a toast, in the server's own words.
import { word } from "./dom.js";
import { post, upload } from "./net.js";
import { alertBox, toast } from "./notes.js";
import { actorIn, openChat, store } from "./store.js";
import { goToChat } from "./way.js";

const here = () => {
  const chat = openChat();
  return { person: actorIn(chat), chat: chat.id };
};

// The answer, or null where it was refused.
export async function act(action, more = {}) {
  try {
    return await post(action, { ...here(), ...more });
  } catch (refused) {
    toast(refused.reason ?? word("not-sent"));
    return null;
  }
}

export async function say(text, replyTo = null) {
  return Boolean(await act("say", { text, reply_to: replyTo }));
}

export async function press(message, button) {
  if (button.url) return follow(button.url);
  if (!button.data) return undefined;
  const answer = await act("press", { message: message.id, data: button.data });
  if (!answer) return undefined;
  if (!answer.answered) toast(word("not-answered"));
  else if (answer.url) await follow(answer.url);
  else if (answer.text && answer.alert) await alertBox(answer.text);
  else if (answer.text) toast(answer.text);
  return undefined;
}

// A link to the bot of this world is followed inside it; any other leads outside, and that is asked first.
export async function follow(url) {
  const inside = new RegExp(`^https?://t\\.me/${store.state.bot.username}([/?#]|$)`, "i").test(url);
  if (!inside) return leave(url);
  const { person } = here();
  if (await act("follow", { url })) goToChat(person);
  return undefined;
}

export async function leave(url) {
  if (await alertBox(`${word("link-outside")}\n\n${url}`, word("open-link"))) window.open(url, "_blank", "noopener,noreferrer");
}

// Resolves with null when all is sent, otherwise with what to do.
export async function send(kind, files, caption) {
  try {
    await upload({ ...here(), kind, caption }, files);
    return null;
  } catch (refused) {
    return refused.reason ?? word("not-sent");
  }
}
