// What the acting person does in the open chat.
import { word } from "./dom.js";
import { post } from "./net.js";
import { alertBox, toast } from "./notes.js";
import { actorIn, openChat, store } from "./store.js";

const here = () => {
  const chat = openChat();
  return { person: actorIn(chat), chat: chat.id };
};

export async function say(text, replyTo = null) {
  try {
    await post("say", { ...here(), text, reply_to: replyTo });
    return true;
  } catch {
    toast(word("not-sent"));
    return false;
  }
}

export async function press(message, button) {
  if (button.url) return follow(button.url);
  if (!button.data) return undefined;
  try {
    const answer = await post("press", { ...here(), message: message.id, data: button.data });
    if (!answer.answered) toast(word("not-answered"));
    else if (answer.url) await follow(answer.url);
    else if (answer.text && answer.alert) await alertBox(answer.text);
    else if (answer.text) toast(answer.text);
  } catch {
    toast(word("not-sent"));
  }
  return undefined;
}

// A link to the bot of this world is followed inside it; any other leads outside, and that is asked first.
export async function follow(url) {
  const inside = new RegExp(`^https?://t\\.me/${store.state.bot.username}([/?#]|$)`, "i").test(url);
  if (inside) {
    const { person } = here();
    await post("follow", { person, url }).catch(() => toast(word("not-sent")));
    location.hash = `#${person}`;
  } else if (await alertBox(`${word("link-outside")}\n\n${url}`, true)) {
    window.open(url, "_blank", "noopener,noreferrer");
  }
}

export async function addBot() {
  await post("add-bot", here()).catch(() => toast(word("not-sent")));
}
