// The open chat: its head, its conversation, what was missed while the connection was lost.
import { close, conversation, show } from "./conversation.js";
import { drawHead, startHead } from "./head.js";
import { beginLog, drawLog, startLog } from "./log.js";
import { actorIn, isHere, openChat, redraw } from "./store.js";

export function drawChat() {
  const chat = openChat();
  if (!chat) return;
  drawHead(chat);
  // Whoever has left sees another conversation than those who stay.
  const key = isHere(chat) ? `${chat.id}` : `${chat.id} ${actorIn(chat)}`;
  if (conversation.key === key) drawLog(chat);
  else beginLog(key, chat);
}

// The connection is back: something may have been said meanwhile.
export async function catchUp() {
  const middle = conversation.messages[Math.floor(conversation.messages.length / 2)];
  if (conversation.key && (await show(conversation.newer ? middle?.order : null))) redraw();
}

export function startChat() {
  startHead();
  startLog();
}

// Leaving the chat: the next entering starts anew.
export const leaveChat = close;
