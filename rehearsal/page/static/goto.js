// To a message of any chat: the chat is opened, then the conversation around the message.
import { conversation } from "./conversation.js";
import { showQuoted } from "./log.js";
import { closeSheet } from "./sheet.js";
import { store } from "./store.js";
import { goToChat } from "./way.js";

const PATIENCE_MS = 4000;
const STEP_MS = 30;

export async function openMessage({ id, message, order }) {
  closeSheet();
  goToChat(id);
  const until = performance.now() + PATIENCE_MS;
  while (!(store.chatId === id && conversation.chat === id && conversation.ready)) {
    if (performance.now() > until) return;
    await new Promise((resolve) => setTimeout(resolve, STEP_MS));
  }
  if (order !== null) await showQuoted({ id: message, order });
}
